"""Read glossary.yaml: which wordings mean the same."""

from faqbot.knowledge.model import Concept
from faqbot.language.pack import LANGUAGES
from faqbot.language.token import tokens
from faqbot.yaml_file import YamlFile


def read_glossary(file: YamlFile) -> list[Concept]:
    """Read the concepts; a wording that two of them claim is a fault."""
    concepts = []
    owners: dict[str, str] = {}
    for identifier, node in file.mapping(file.root, "the file"):
        wordings = []
        for key, value in file.mapping(node, f"concept {identifier!r}"):
            if key not in (*LANGUAGES, "any"):
                file.fault(value, f"concept {identifier!r} has the unknown key {key!r}; known are {_known_keys()}")
                continue
            for wording, line in file.texts(value, f"concept {identifier!r}"):
                reading = " ".join(token.accented for token in tokens(wording))
                owner = owners.setdefault(reading, identifier)
                if owner != identifier:
                    file.fault(line, f"{wording!r} is claimed by {owner!r} and by {identifier!r}")
                wordings.append(wording)
        concepts.append(Concept(identifier, tuple(wordings)))
    return concepts


def _known_keys() -> str:
    return ", ".join((*LANGUAGES, "any"))
