"""Read what a YAML file says in several languages."""

import yaml

from faqbot.language.pack import LANGUAGES
from faqbot.yaml_file import YamlFile


def by_language(file: YamlFile, node: yaml.Node, what: str) -> dict[str, str]:
    """Read a mapping from languages to texts; ``what`` names it in faults."""
    texts = {}
    for language, value in file.mapping(node, what):
        if language in LANGUAGES:
            texts[language] = file.text(value, what)
        else:
            file.fault(value, f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
    return texts


def lists_by_language(file: YamlFile, node: yaml.Node, what: str) -> list[tuple[str, str, int]]:
    """Read a mapping from languages to lists of texts; return (language, text, line) of each text."""
    entries = []
    for language, value in file.mapping(node, what):
        if language in LANGUAGES:
            entries += [(language, text, line) for text, line in file.texts(value, f"{what} in {language}")]
        else:
            file.fault(value, f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
    return entries
