"""How what edits add is written into the files of the knowledge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from faqbot.errors import EditError
from faqbot.knowledge.edits import Phrasing
from faqbot.knowledge.insertion import Insertion

_Answer = tuple[tuple[str, str], ...]
"""Passages by language, in a fixed order."""


@dataclass
class MoreQuestionsOf:
    """Questions that a section gets besides its own."""

    groups: dict[_Answer, dict[str, list[str]]] = field(default_factory=dict)
    """By the passages that answer them, and then by language."""

    def add(self, questions: Sequence[Phrasing], answer: Mapping[str, str]) -> None:
        """Add questions that a passage answers, or, where it is empty, the whole section."""
        group = self.groups.setdefault(tuple(sorted(answer.items())), {})
        for language, text in questions:
            group.setdefault(language, []).append(text)


@dataclass
class NewTopicText:
    """A topic that is new."""

    titles: Mapping[str, str]
    replies: Mapping[str, str]
    nearest: str | None
    questions: list[Phrasing]


def section_markdown(level: int, title: str, identifier: str, body: str) -> str:
    """Return a section as Markdown, without a line break at its end."""
    return f"{'#' * level} {title} {{#{identifier}}}\n\n{body}"


def more_questions(text: str, sections: Mapping[str, MoreQuestionsOf]) -> str:
    """Add questions to the text of a questions.yaml.

    :raises EditError: if it is not written as it could be added to.
    """
    insertion = Insertion(text)
    for identifier, more in sections.items():
        groups = [_group(answer, texts) for answer, texts in more.groups.items()]
        node = _value(insertion.root, identifier)
        listed = _value(node, "questions")
        if not isinstance(node, yaml.MappingNode):
            insertion.put(_mapping(insertion.root), identifier, {"questions": groups})
        elif not isinstance(listed, yaml.SequenceNode):
            insertion.put(node, "questions", groups)
        else:
            for answer, texts in more.groups.items():
                _into_groups(insertion, listed, answer, texts)
    return insertion.result()


def more_topics(text: str, topics: Mapping[str, NewTopicText], questions: Mapping[str, Sequence[Phrasing]]) -> str:
    """Add topics, and questions of topics that are there, to the text of a not-covered.yaml.

    :raises EditError: if it is not written as it could be added to.
    """
    insertion = Insertion(text)
    for identifier, phrasings in questions.items():
        node = _mapping(_value(insertion.root, identifier))
        listed = _value(node, "questions")
        if node is None or not isinstance(listed, yaml.MappingNode):
            insertion.put(node, "questions", _by_language(phrasings))
        else:
            _into_languages(insertion, listed, _by_language(phrasings))
    for identifier, topic in topics.items():
        nearest = {"nearest": topic.nearest} if topic.nearest else {}
        asked = _by_language(topic.questions)
        insertion.put(
            _mapping(insertion.root),
            identifier,
            {"title": dict(topic.titles), **nearest, "reply": dict(topic.replies), "questions": asked},
        )
    return insertion.result()


def _into_groups(
    insertion: Insertion, listed: yaml.SequenceNode, answer: _Answer, texts: Mapping[str, Sequence[str]]
) -> None:
    """Add questions to the last group that has the same answer, or as a new group."""
    same = [group for group in listed.value if isinstance(group, yaml.MappingNode) and _answer(group) == answer]
    if same:
        _into_languages(insertion, same[-1], texts)
    else:
        insertion.append(listed, [_group(answer, texts)])


def _into_languages(insertion: Insertion, node: yaml.MappingNode, texts: Mapping[str, Sequence[str]]) -> None:
    for language, entries in texts.items():
        listed = _value(node, language)
        if isinstance(listed, yaml.SequenceNode):
            insertion.append(listed, entries)
        else:
            insertion.put(node, language, entries)


def _answer(group: yaml.MappingNode) -> _Answer:
    quoted = _value(group, "answer")
    pairs = quoted.value if isinstance(quoted, yaml.MappingNode) else []
    return tuple(sorted((key.value, str(value.value).strip()) for key, value in pairs))


def _group(answer: _Answer, texts: Mapping[str, Sequence[str]]) -> dict[str, Mapping[str, str] | Sequence[str]]:
    return {**({"answer": dict(answer)} if answer else {}), **texts}


def _by_language(questions: Sequence[Phrasing]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language, text in questions:
        texts.setdefault(language, []).append(text)
    return texts


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _mapping(node: yaml.Node | None) -> yaml.MappingNode | None:
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise EditError("not_extendable", "", "a file is written in a way that it cannot be added to")
    return node
