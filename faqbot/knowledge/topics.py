"""Read the YAML files beside a document's questions: not-covered.yaml, glossary.yaml and small-talk.yaml."""

from collections.abc import Mapping

import yaml

from faqbot.knowledge.model import Concept, Section, SectionKey, SmallTalk, StoredQuestion, Topic
from faqbot.knowledge.questions import section_named
from faqbot.language.pack import LANGUAGES
from faqbot.language.token import tokens
from faqbot.yaml_file import YamlFile


def read_topics(file: YamlFile, sections: Mapping[str, Section]) -> tuple[list[Topic], list[StoredQuestion]]:
    """Read the topics that a document does not cover, and the questions they are recognised by."""
    topics, questions = [], []
    for identifier, node in file.mapping(file.root, "the file"):
        titles: dict[str, str] = {}
        replies: dict[str, str] = {}
        nearest: SectionKey | None = None
        asked: list[tuple[str, str, int]] = []
        for key, value in file.mapping(node, f"topic {identifier!r}"):
            match key:
                case "title":
                    titles = _by_language(file, value, "title")
                case "reply":
                    replies = _by_language(file, value, "reply")
                case "nearest":
                    nearest = section_named(file, value, file.text(value, "nearest"), sections)
                case "questions":
                    asked = _lists_by_language(file, value, "questions")
                case _:
                    known = "title, nearest, reply, questions"
                    file.fault(value, f"topic {identifier!r} has the unknown key {key!r}; known are {known}")
        if not replies:
            file.fault(node, f"topic {identifier!r} has no reply")
        topic = Topic(identifier, titles or replies, replies, nearest)
        topics.append(topic)
        questions += [
            StoredQuestion(text, language, topic.owner, place=f"{file.name}:{line}") for language, text, line in asked
        ]
    return topics, questions


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


def read_small_talk(file: YamlFile) -> list[SmallTalk]:
    """Read the kinds of small talk."""
    kinds = []
    for identifier, node in file.mapping(file.root, "the file"):
        phrases: list[tuple[str, str, int]] = []
        replies: dict[str, str] = {}
        for key, value in file.mapping(node, f"small talk {identifier!r}"):
            match key:
                case "phrases":
                    phrases = _lists_by_language(file, value, "phrases")
                case "reply":
                    replies = _by_language(file, value, "reply")
                case _:
                    file.fault(value, f"small talk {identifier!r} has the unknown key {key!r}; known: phrases, reply")
        if not replies:
            file.fault(node, f"small talk {identifier!r} has no reply")
        kinds.append(SmallTalk(identifier, tuple((language, text) for language, text, _ in phrases), replies))
    return kinds


def _by_language(file: YamlFile, node: yaml.Node, what: str) -> dict[str, str]:
    texts = {}
    for language, value in file.mapping(node, what):
        if language in LANGUAGES:
            texts[language] = file.text(value, what)
        else:
            file.fault(value, f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
    return texts


def _lists_by_language(file: YamlFile, node: yaml.Node, what: str) -> list[tuple[str, str, int]]:
    entries = []
    for language, value in file.mapping(node, what):
        if language in LANGUAGES:
            entries += [(language, text, line) for text, line in file.texts(value, f"{what} in {language}")]
        else:
            file.fault(value, f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
    return entries
