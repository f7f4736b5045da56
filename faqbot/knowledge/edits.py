"""Changes to the knowledge that are made while it is in use, and how they are kept as JSON."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from faqbot.errors import EditError
from faqbot.knowledge.model import SectionKey
from faqbot.language.clean import clean
from faqbot.language.pack import LANGUAGES

Phrasing = tuple[str, str]
"""A language code and a question in it."""


@dataclass(frozen=True, slots=True)
class MoreQuestions:
    """People ask about a section in these words too."""

    kind: ClassVar[str] = "questions"
    section: SectionKey
    questions: tuple[Phrasing, ...]
    answer: Mapping[str, str] = field(default_factory=dict)
    """By language code, the passage that answers, word for word; empty when the whole section does."""


@dataclass(frozen=True, slots=True)
class NewSection:
    """A section at the end of a document."""

    kind: ClassVar[str] = "section"
    key: SectionKey
    titles: Mapping[str, str]
    """By language code; at least one."""
    bodies: Mapping[str, str]
    """Markdown without headings, for each language that has a title."""
    questions: tuple[Phrasing, ...] = ()


@dataclass(frozen=True, slots=True)
class NewTopic:
    """Something that people ask about and a document does not cover."""

    kind: ClassVar[str] = "topic"
    document: str
    """The document beside which it is noted."""
    id: str
    titles: Mapping[str, str]
    """In every language."""
    replies: Mapping[str, str]
    """In every language."""
    nearest: str | None
    """Id of the section that comes closest to helping, if any."""
    questions: tuple[Phrasing, ...]


@dataclass(frozen=True, slots=True)
class MoreTopicQuestions:
    """People ask about a topic that is not covered in these words too."""

    kind: ClassVar[str] = "topic-questions"
    topic: str
    questions: tuple[Phrasing, ...]


KnowledgeEdit = MoreQuestions | NewSection | NewTopic | MoreTopicQuestions


def content_of(edit: KnowledgeEdit) -> dict[str, Any]:
    """Return what an edit says, as JSON has it."""
    match edit:
        case MoreQuestions(key, questions, answer):
            return {**_key_content(key), "questions": _lists(questions), "answer": dict(answer)}
        case NewSection(key, titles, bodies, questions):
            texts = {"titles": dict(titles), "bodies": dict(bodies)}
            return {**_key_content(key), **texts, "questions": _lists(questions)}
        case NewTopic(document, topic, titles, replies, nearest, questions):
            texts = {"titles": dict(titles), "replies": dict(replies)}
            where = {"document": document, "topic": topic, "nearest": nearest}
            return {**where, **texts, "questions": _lists(questions)}
        case MoreTopicQuestions(topic, questions):
            return {"topic": topic, "questions": _lists(questions)}


def edit_of(kind: str, content: Mapping[str, Any]) -> KnowledgeEdit:
    """Read an edit; white space is tidied up.

    :raises EditError: if there is no such kind, or something is missing or of the wrong type.
    """
    match kind:
        case MoreQuestions.kind:
            return MoreQuestions(_key(content), _some(_phrasings(content)), _texts(content, "answer"))
        case NewSection.kind:
            titles, bodies = _texts(content, "titles"), _bodies(content)
            if not titles or set(titles) != set(bodies):
                raise EditError("no_text", "", "a section needs a title and a text, both in the same languages")
            return NewSection(_key(content), titles, bodies, _phrasings(content))
        case NewTopic.kind:
            titles, replies = _texts(content, "titles"), _texts(content, "replies")
            if set(titles) != set(LANGUAGES) or set(replies) != set(LANGUAGES):
                needed = ", ".join(LANGUAGES)
                raise EditError("both_languages", "", f"a topic needs a title and a reply in each of {needed}")
            nearest = _text(content, "nearest") if content.get("nearest") else None
            document, topic = _text(content, "document"), _text(content, "topic")
            return NewTopic(document, topic, titles, replies, nearest, _some(_phrasings(content)))
        case MoreTopicQuestions.kind:
            return MoreTopicQuestions(_text(content, "topic"), _some(_phrasings(content)))
    raise _malformed(f"there is no kind of edit {kind!r}")


def _key_content(key: SectionKey) -> dict[str, str]:
    return {"document": key.document, "section": key.section}


def _lists(questions: tuple[Phrasing, ...]) -> list[list[str]]:
    return [[language, text] for language, text in questions]


def _key(content: Mapping[str, Any]) -> SectionKey:
    return SectionKey(_text(content, "document"), _text(content, "section"))


def _malformed(message: str) -> EditError:
    return EditError("malformed", "", message)


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    text = clean(value) if isinstance(value, str) else ""
    if not text:
        raise _malformed(f"{name!r} must be a text that is not empty")
    return text


def _by_language(content: Mapping[str, Any], name: str) -> dict[str, str]:
    value = content.get(name)
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise _malformed(f"{name!r} must be texts by language")
    unknown = sorted(set(value) - set(LANGUAGES))
    if unknown:
        raise _malformed(f"{unknown[0]!r} is no language; there are {', '.join(LANGUAGES)}")
    return {language: value[language] for language in LANGUAGES if language in value}


def _texts(content: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the texts by language that are not blank."""
    cleaned = {language: clean(text) for language, text in _by_language(content, name).items()}
    return {language: text for language, text in cleaned.items() if text}


def _bodies(content: Mapping[str, Any]) -> dict[str, str]:
    """Return Markdown by language, line by line as it was written."""
    bodies = {
        language: "\n".join(_line(line) for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
        for language, text in _by_language(content, "bodies").items()
    }
    return {language: body for language, body in bodies.items() if body.strip()}


def _line(line: str) -> str:
    """Compose a line of Markdown, and put a space for what cannot be seen; its own spaces stay, as code needs them."""
    composed = unicodedata.normalize("NFC", line)
    return "".join(char if char.isprintable() or char == "\t" else " " for char in composed).rstrip()


def _phrasings(content: Mapping[str, Any]) -> tuple[Phrasing, ...]:
    value = content.get("questions", [])
    if not isinstance(value, list):
        raise _malformed("'questions' must be a list of [language, question]")
    found: dict[Phrasing, None] = {}
    for each in value:
        if not (isinstance(each, list) and len(each) == 2 and all(isinstance(part, str) for part in each)):
            raise _malformed("'questions' must be a list of [language, question]")
        language, text = each[0], clean(each[1])
        if language not in LANGUAGES:
            raise _malformed(f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
        if text:
            found[language, text] = None
    return tuple(found)


def _some(questions: tuple[Phrasing, ...]) -> tuple[Phrasing, ...]:
    if not questions:
        raise EditError("no_question", "", "at least one question is needed")
    return questions
