"""The one call that every channel makes for people: answer, remember, hand over."""

import html
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from secrets import token_hex

from prometheus_client import Counter, Histogram

from faqbot.answers import Answers
from faqbot.assistant import Assistant, Question
from faqbot.language.pack import language_pack
from faqbot.live import LiveAssistant
from faqbot.metrics.numbers import ANSWER_SECONDS, CONFIDENCE, FEEDBACK, QUESTIONS, TICKETS
from faqbot.redaction import redact
from faqbot.reply import Conversation, Reply
from faqbot.store.column_types import now
from faqbot.store.exchanges import Exchange, Verdict
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Ticket

_SECONDS_TO_CATCH_UP = 2.0
"""For exchanges that wait to be written, when something that needs them is asked for."""
_BYTES_OF_A_NAME = 16
"""Random ones, of a conversation or a reply."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that came in through a channel."""

    text: str
    channel: str
    """``web``, ``page``, ``slack``, ``hook`` or ``helpdesk``."""
    language: str | None = None
    """The person's explicit choice of language; None to go by the message."""
    conversation: Conversation | None = None
    """What the reply before this message left behind; None at the start."""
    public_only: bool = False
    """Whether people from outside read the reply, so that only sections marked public may be in it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back through the channel."""

    reply: Reply
    """Its conversation has an id."""
    message_id: str
    """Names the reply, for feedback."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """How people are reached, by language; a language that is missing has nothing to say."""

    contact: Mapping[str, str] = field(default_factory=dict)
    """How to reach a person other than through faqbot, such as a phone number."""
    office_hours: Mapping[str, str] = field(default_factory=dict)
    """When people answer."""

    def line(self, language: str) -> str:
        """Return it as a sentence or two; "" if nothing is known."""
        pack = language_pack(language)
        hours, contact = self.office_hours.get(language), self.contact.get(language)
        sentences = [
            pack.say("office_hours", hours=hours) if hours else "",
            pack.say("contact", contact=contact) if contact else "",
        ]
        return " ".join(filter(None, sentences))


class Service:
    """Answers, and remembers. An answer never waits for the store, nor fails because of it."""

    def __init__(self, live: LiveAssistant, store: Store, reachable: Reachable) -> None:
        self.live = live
        self.store = store
        self.reachable = reachable
        self._answers = Answers()

    def answer(self, asked: Asked, assistant: Assistant | None = None) -> Answered:
        """Reply to a message, and let the exchange be written down.

        :param assistant: The one to answer with; by default the newest.
        :raises QuestionError: as ``Assistant.ask`` does.
        """
        began = time.perf_counter()
        assistant = assistant or self.live.current()
        question = Question(asked.text, asked.language, asked.conversation, asked.public_only)
        reply = self._with_contact(self._answers.reply(assistant, question))
        names = token_hex(2 * _BYTES_OF_A_NAME)  # at one go: the operating system takes its time
        name = (asked.conversation.id if asked.conversation else "") or names[: len(names) // 2]
        left = replace(reply.conversation, id=name)
        answered = Answered(replace(reply, conversation=left), names[len(names) // 2 :])
        self.store.writer.put(_exchange(asked, answered, assistant.knowledge.revision))
        _count(asked, reply, time.perf_counter() - began)
        return answered

    def judge(self, message_id: str, helpful: bool, comment: str | None = None) -> bool:
        """Keep what somebody thinks of a reply, in place of what they thought before; return whether it is known.

        :raises StoreError: if the store is down.
        """
        self.store.writer.flush(_SECONDS_TO_CATCH_UP, patient=False)
        known = self.store.feedback.give(Verdict(message_id, now(), helpful, redact(comment) if comment else None))
        if known:
            FEEDBACK.labels("yes" if helpful else "no").inc()
        return known

    def hand_over(self, new: NewTicket) -> tuple[Ticket, str | None]:
        """Open a ticket; its message and subject are redacted first.

        :return: The ticket and its secret; no secret where the ticket's idempotency key was used before.
        :raises StoreError: if the store is down.
        """
        self.store.writer.flush(_SECONDS_TO_CATCH_UP, patient=False)
        subject = redact(new.subject) if new.subject else None
        ticket, secret = self.store.tickets.open(replace(new, message=redact(new.message), subject=subject))
        if secret is not None:
            TICKETS.labels(new.channel, new.language).inc()
        return ticket, secret

    def unreachable(self, language: str) -> str:
        """Say that nothing can be handed over now, and how else to reach a person."""
        return " ".join(filter(None, (language_pack(language).say("handoff_down"), self.reachable.line(language))))

    def _with_contact(self, reply: Reply) -> Reply:
        """Add how people are reached to a reply that offers one."""
        line = self.reachable.line(reply.language) if reply.offers_person else ""
        if not line:
            return reply
        return replace(reply, text=f"{reply.text}\n{line}", html=f"{reply.html}<p>{html.escape(line)}</p>")


def _count(asked: Asked, reply: Reply, seconds: float) -> None:
    questions, confidence = _numbers(reply.kind.value, reply.language, asked.channel)
    questions.inc()
    confidence.observe(reply.confidence)
    ANSWER_SECONDS.observe(seconds)


@lru_cache
def _numbers(outcome: str, language: str, channel: str) -> tuple[Counter, Histogram]:
    """Return what counts such replies; looking it up by its labels takes as long as counting."""
    return QUESTIONS.labels(outcome, language, channel), CONFIDENCE.labels(outcome)


def _exchange(asked: Asked, answered: Answered, revision: str) -> Exchange:
    reply = answered.reply
    return Exchange(
        id=answered.message_id,
        conversation=reply.conversation.id,
        at=now(),
        channel=asked.channel,
        question=redact(asked.text),
        language=reply.language,
        kind=str(reply.kind),
        section=str(reply.section) if reply.section else None,
        offered=tuple(str(suggestion.key) for suggestion in reply.suggestions),
        confidence=reply.confidence,
        reply=reply.text,
        revision=revision,
    )
