"""What faqbot says to a message, and what that leaves behind for the next one."""

from dataclasses import dataclass

from faqbot.decision import Kind
from faqbot.knowledge.model import SectionKey


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A section that is offered."""

    key: SectionKey
    title: str
    confidence: float
    """Probability that it is the answer, 0 to 1; 0 for one that the knowledge offers by name."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a reply leaves behind for the next message. It holds nothing that the person wrote."""

    language: str
    """Of the last reply."""
    section: SectionKey | None = None
    """The section that was answered with last."""
    clarified: bool = False
    """Whether the last reply asked back."""
    offered: tuple[SectionKey, ...] = ()
    """The sections that it asked about, or had to offer for more, in their order; empty where it did neither."""
    id: str = ""
    """Names it among all that are remembered; "" where nobody remembers it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What faqbot says to a message."""

    kind: Kind
    language: str
    text: str
    """The whole reply, in plain text."""
    html: str
    """The same, as sanitised HTML."""
    confidence: float
    """0 to 1: how sure it is that this section answers (an answer), that the first one offered does (a clarification),
    or that none does (a decline); 1 for small talk."""
    conversation: Conversation
    section: SectionKey | None = None
    title: str | None = None
    """Of the section."""
    passage: str | None = None
    """The sentence or list item that answers, word for word."""
    suggestions: tuple[Suggestion, ...] = ()
    offers_person: bool = False
    """Whether it is time to hand over to a person: somebody asked for one, or nothing that was offered was meant."""

    @property
    def words(self) -> str:
        """The text without the list of suggestions."""
        if self.kind is Kind.ANSWER and not self.conversation.offered:
            return self.text
        lines = self.text.split("\n")
        offered = len(self.suggestions) + (self.kind is Kind.CLARIFY)
        return "\n".join(lines[: len(lines) - offered])
