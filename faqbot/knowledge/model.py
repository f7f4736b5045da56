"""The values that a knowledge base is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import dropwhile, islice

from faqbot.errors import EditReason, Fault
from faqbot.knowledge.cases import Case


@dataclass(frozen=True, slots=True, order=True)
class SectionKey:
    """Names one section among all documents."""

    document: str
    section: str

    def __str__(self) -> str:
        return f"{self.document}/{self.section}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, a list item or a row of a table: the smallest text that is shown as an answer."""

    text: str
    """Word for word as the document has it, without markup; the cells of a row are joined."""
    context: str
    """What it stands under inside its section: a list item above, the head of a table; "" for nothing."""
    listed: bool = False
    """Whether it is an item of a list or a row of a table."""


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section in one language."""

    title: str
    passages: tuple[Passage, ...]
    """In reading order. A heading without text has its subsections' titles here."""
    text: str
    """The whole section as plain text; list items begin with a dash."""
    html: str
    """The same as sanitised HTML; passage n stands in ``<span data-passage="n">``, a row with a span in each cell."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a document and the text below it, up to the next heading."""

    key: SectionKey
    texts: Mapping[str, SectionText]
    """By language code; at least one."""
    parent: SectionKey | None
    """The section whose heading this one stands below; None at the top."""
    related: tuple[SectionKey, ...] = ()
    """Sections to read next, the best first."""
    public: bool = False
    """Whether people from outside may read it too, where a channel has some."""

    def text_in(self, language: str) -> tuple[str, SectionText]:
        """Return the text in that language, or else in the first that there is, with its language code."""
        code = language if language in self.texts else next(iter(self.texts))
        return code, self.texts[code]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in all its languages."""

    id: str
    titles: Mapping[str, str]
    """By language code; at least one."""
    sections: tuple[SectionKey, ...]
    """In reading order."""


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question that somebody wrote into the knowledge."""

    text: str
    language: str
    owner: str
    """Text form of the section's key, or ``topic:`` and the id of a topic that is not covered."""
    answers: Mapping[str, int] = field(default_factory=dict)
    """By language code, the index of the passage that answers it; empty when the whole section does."""
    follow_up: bool = False
    """True for a prompt that makes sense only after another answer."""
    place: str = ""
    """File and line it was read from."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people ask about that the documents do not cover."""

    id: str
    titles: Mapping[str, str]
    replies: Mapping[str, str]
    nearest: SectionKey | None
    """The section that comes closest to helping, if any."""

    @property
    def owner(self) -> str:
        """How stored questions refer to the topic."""
        return f"topic:{self.id}"


@dataclass(frozen=True, slots=True)
class Concept:
    """Several wordings, in all languages, of one thing."""

    id: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A kind of message that asks for nothing, such as a greeting."""

    id: str
    phrases: tuple[tuple[str, str], ...]
    """Whole messages of the kind, each behind its language code."""
    replies: Mapping[str, str]
    offers_person: bool = False
    """Whether the reply offers to hand over to a person."""


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """A change that was kept but cannot be made, because the files or other changes do not allow it any more."""

    number: int
    reason: EditReason
    what: str
    """What it is about, such as the id of a section."""
    message: str


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that faqbot can say, and what it is recognised by."""

    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    """Of all documents, in reading order."""
    questions: tuple[StoredQuestion, ...] = ()
    topics: tuple[Topic, ...] = ()
    concepts: tuple[Concept, ...] = ()
    small_talk: tuple[SmallTalk, ...] = ()
    cases: tuple[Case, ...] = ()
    """Questions whose answers are known, to measure by; nothing is recognised by them."""
    warnings: tuple[Fault, ...] = ()
    """Faults that did not keep it from loading."""
    revision: str = ""
    """Changes with every change of a file or edit: a hash of all texts."""
    refused: tuple[RefusedEdit, ...] = ()
    """Edits that are not part of it."""

    @cached_property
    def by_key(self) -> Mapping[SectionKey, Section]:
        """Sections by key."""
        return {section.key: section for section in self.sections}

    @cached_property
    def by_owner(self) -> Mapping[str, Section | Topic]:
        """Sections and topics by the name that stored questions have for them."""
        owners: dict[str, Section | Topic] = {str(section.key): section for section in self.sections}
        return owners | {topic.owner: topic for topic in self.topics}

    def children(self, key: SectionKey) -> tuple[Section, ...]:
        """Return the sections directly below a heading."""
        return tuple(section for section in self.sections if section.parent == key)

    def read_next(self, key: SectionKey) -> tuple[Section, ...]:
        """Return the sections below a heading and those related to it; where there are none, the next in reading order.

        Empty for the last section of a document that has neither.
        """
        near = dict.fromkeys([*(child.key for child in self.children(key)), *self.by_key[key].related])
        near.pop(key, None)
        if near:
            return tuple(self.by_key[each] for each in near)
        following = dropwhile(lambda section: section.key != key, self.sections)
        return tuple(each for each in islice(following, 1, 2) if each.key.document == key.document)
