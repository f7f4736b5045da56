"""Edits are laid over the texts of the knowledge's files, and what comes out is read as files are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from faqbot.errors import EditError, Fault, KnowledgeError
from faqbot.knowledge.edits import KnowledgeEdit, edit_of
from faqbot.knowledge.extension import Extension
from faqbot.knowledge.files import TextFile, read_files
from faqbot.knowledge.loader import read_knowledge
from faqbot.knowledge.model import KnowledgeBase, RefusedEdit, SectionKey, SectionText

CANDIDATE = 0
"""Number of an edit that is not kept yet."""


class KeptEdit(Protocol):
    """An edit as it is kept somewhere."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def kind(self) -> str:
        """As ``edits.edit_of`` knows it."""

    @property
    def content(self) -> Mapping[str, Any]:
        """What it says, as JSON has it."""


class EditSource(Protocol):
    """Where edits are kept; each method raises StoreError while it is down."""

    def revision(self) -> str:
        """Return a text that changes whenever other edits are in force."""

    def in_force(self) -> Sequence[KeptEdit]:
        """Return the edits to lay over the files, in their order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edit that is not kept yet, as if it were."""

    kind: str
    content: Mapping[str, Any]
    id: int = CANDIDATE


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Knowledge with edits in it."""

    knowledge: KnowledgeBase
    texts: tuple[TextFile, ...]
    """Of all files, new ones too, as they are with the edits."""
    applied: tuple[int, ...]
    """Numbers of the edits that are part of it."""


def load_overlaid(path: Path, edits: Sequence[KeptEdit]) -> KnowledgeBase:
    """Load a knowledge folder, or a single Markdown file, with edits.

    :raises KnowledgeError: as ``load`` does; an edit is never the reason.
    """
    faults: list[Fault] = []
    return overlay(read_files(path, faults), edits, path, faults).knowledge


def overlay(texts: Sequence[TextFile], edits: Sequence[KeptEdit], path: Path, faults: Sequence[Fault] = ()) -> Overlaid:
    """Lay edits over the texts of files, in their order.

    An edit that cannot be made is left out, and ``knowledge.refused`` says why; one that the files already hold changes
    nothing.

    :param path: Where the files are.
    :param faults: Of reading the files.
    :raises KnowledgeError: if the files have a fault of their own.
    """
    base = read_knowledge(texts, list(faults), path)
    if not edits:
        return Overlaid(base, tuple(texts), ())
    refused: list[RefusedEdit] = []
    together = _try(texts, base, edits, path, refused)
    if together is None:
        refused = []
        together = _one_by_one(texts, base, edits, path, refused)
    out = {each.number for each in refused}
    applied = tuple(edit.id for edit in edits if edit.id not in out)
    return Overlaid(replace(together[0], refused=tuple(refused)), together[1], applied)


_Result = tuple[KnowledgeBase, tuple[TextFile, ...]]


def _try(
    texts: Sequence[TextFile],
    base: KnowledgeBase,
    edits: Sequence[KeptEdit],
    path: Path,
    refused: list[RefusedEdit],
) -> _Result | None:
    """Make edits; return None where what comes out is not what was meant, since a file is written in an unusual way."""
    extension = Extension(texts, base)
    for kept in edits:
        try:
            extension.take(_read(kept))
        except EditError as error:
            refused.append(RefusedEdit(kept.id, error.reason, error.what, str(error)))
    try:
        changed = extension.texts(path)
        knowledge = read_knowledge(changed, [], path)
    except (KnowledgeError, EditError):
        return None
    return (knowledge, changed) if _as_meant(base, knowledge, extension) else None


def _one_by_one(
    texts: Sequence[TextFile],
    base: KnowledgeBase,
    edits: Sequence[KeptEdit],
    path: Path,
    refused: list[RefusedEdit],
) -> _Result:
    """Find the edits that spoil the whole, and leave them out."""
    good: list[KeptEdit] = []
    result: _Result = (base, tuple(texts))
    for kept in edits:
        faults: list[RefusedEdit] = []
        tried = _try(texts, base, [*good, kept], path, faults)
        if tried is not None and not faults:
            good.append(kept)
            result = tried
        else:
            message = "the files are written in a way that it cannot be added to"
            refused.append(faults[-1] if faults else RefusedEdit(kept.id, "not_extendable", "", message))
    return result


def _read(kept: KeptEdit) -> KnowledgeEdit:
    return edit_of(kept.kind, kept.content)


def _as_meant(base: KnowledgeBase, knowledge: KnowledgeBase, extension: Extension) -> bool:
    """Return whether nothing but what the edits say was added, and nothing was lost."""
    questions = Counter(_traits(base)) + Counter(extension.added_questions)
    sections = {section.key for section in base.sections} | set(extension.added_sections)
    topics = {topic.id for topic in base.topics} | set(extension.added_topics)
    return (
        Counter(_traits(knowledge)) == questions
        and {section.key for section in knowledge.sections} == sections
        and {topic.id for topic in knowledge.topics} == topics
        and all(text == knowledge.by_key[key].texts[language] for key, language, text in _written(base))
    )


def _written(knowledge: KnowledgeBase) -> Iterator[tuple[SectionKey, str, SectionText]]:
    for section in knowledge.sections:
        for language, text in section.texts.items():
            yield section.key, language, text


def _traits(knowledge: KnowledgeBase) -> list[tuple[str, str, str]]:
    return [(question.owner, question.language, question.text) for question in knowledge.questions]
