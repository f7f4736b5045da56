"""Read not-covered.yaml: what people ask about that a document does not cover."""

from collections.abc import Mapping

from faqbot.knowledge.by_language import by_language, lists_by_language
from faqbot.knowledge.model import Section, SectionKey, StoredQuestion, Topic
from faqbot.knowledge.questions import section_named
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
                    titles = by_language(file, value, "title")
                case "reply":
                    replies = by_language(file, value, "reply")
                case "nearest":
                    nearest = section_named(file, value, file.text(value, "nearest"), sections)
                case "questions":
                    asked = lists_by_language(file, value, "questions")
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
