"""What somebody sees of a reply."""

from dataclasses import dataclass

from faqbot.assistant import Assistant, Question
from faqbot.decision import Kind
from faqbot.reply import Conversation, Reply


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees of a reply."""

    kind: Kind
    section: str | None
    """Text form of the key of the section that answers, or of the first one on offer."""
    title: str
    """Of that section; of a reply that declines, its words."""
    passage: str | None


def shown(reply: Reply) -> Shown:
    """Return what somebody sees of a reply."""
    if reply.kind is Kind.ANSWER and reply.section is not None:
        return Shown(reply.kind, str(reply.section), reply.title or "", reply.passage)
    if reply.kind is Kind.CLARIFY:
        first = reply.suggestions[0]
        return Shown(reply.kind, str(first.key), " / ".join(each.title for each in reply.suggestions), None)
    return Shown(reply.kind, None, reply.words, None)


def typed(assistant: Assistant, text: str, conversation: Conversation | None = None) -> Shown:
    """Return what somebody sees who types a text.

    :param conversation: What the reply before left behind; None at the start.
    """
    return shown(assistant.ask(Question(text, conversation=conversation)))
