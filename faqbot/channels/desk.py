"""What all chat programs have in common: a message is answered, a button pressed, a question handed over."""

from collections.abc import Callable
from functools import partial

from faqbot.assistant import LONGEST_MESSAGE, Question
from faqbot.channels import offers
from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.memory import Memory
from faqbot.channels.offers import Given
from faqbot.channels.once import Once
from faqbot.channels.ports import Ports
from faqbot.errors import QuestionError, StoreError
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.reply import Reply
from faqbot.reply.wording import small_talk
from faqbot.service import Asked
from faqbot.store.ticket import NewTicket

Note = Callable[[Callable[[], None]], object]
"""Does something that nobody waits for."""


def now(work: Callable[[], None]) -> None:
    """Do something at once."""
    work()


class Desk:
    """Serves one kind of channel."""

    def __init__(self, kind: str, ports: Ports, once: Once, memory: Memory) -> None:
        """Take what is needed; ``kind`` is the channel that the exchanges are kept under."""
        self._kind = kind
        self._ports = ports
        self.once = once
        self.memory = memory

    def ask(
        self,
        source: str,
        incoming: Incoming,
        *,
        language: str | None,
        public_only: bool,
        shareable: bool = False,
        note: Note = now,
    ) -> Given:
        """Answer a message, and remember what it left behind; one that is empty or too long gets a word on that.

        :param source: Names the chat program, or the hook.
        :param note: Does the remembering, or lets it be done; at once by default.
        """
        before = self.memory.recall(source, incoming)
        asked = Asked(incoming.text, self._kind, language, before, public_only)
        try:
            answered = self._ports.service.answer(asked)
        except QuestionError:
            return Given(_complaint(incoming.text, language), "")
        if before and incoming.deliveries:
            note(partial(self.memory.remember_before, source, incoming, before))
        note(partial(self.memory.remember, source, incoming, answered.reply.conversation))
        return Given(answered.reply, incoming.text, answered.message_id, public_only, shareable)

    def again(self, source: str, incoming: Incoming, *, language: str | None, public_only: bool) -> Given:
        """Give a reply that was given before once more, without counting it."""
        before = self.memory.before(source, incoming)
        question = Question(incoming.text, language, before, public_only)
        try:
            return Given(self._ports.assistant().ask(question), incoming.text, public_only=public_only)
        except QuestionError:
            return Given(_complaint(incoming.text, language), "")

    def choose(self, source: str, incoming: Incoming, action: str, value: Fields, *, shareable: bool = False) -> Given:
        """Answer somebody who chose one of the sections on offer, or none of them."""
        asked = offers.asked(action, value, self._kind)
        answered = self._ports.service.answer(asked)
        self.memory.remember(source, incoming, answered.reply.conversation)
        return Given(
            answered.reply,
            words(value, "question"),
            answered.message_id,
            asked.public_only,
            shareable,
        )

    def show(self, value: Fields, *, public_only: bool) -> Reply | None:
        """Return the section that a button stands for; None if it is gone, or may not be shown."""
        key, language = offers.section_of(value), offers.language_of(value)
        return self._ports.assistant().show(key, language, words(value, "passage"), public_only=public_only)

    def rate(self, value: Fields, *, helpful: bool) -> str | None:
        """Note whether a reply helped; return what to say to that, None for nothing."""
        try:
            noted = self._ports.service.judge(words(value, "message"), helpful)
        except StoreError:
            return None
        return _say(value, "feedback_thanks") if noted else None

    def hand_over(self, source: str, value: Fields, *, name: str, contact: str, button: str) -> str | None:
        """Pass a question on to a person, once for each button; return what to say, None where it was pressed before.

        :param contact: How the asker can be reached in their chat program.
        :param button: Names the button that was pressed, and who pressed it.
        """
        question, language = words(value, "question").strip(), offers.language_of(value)
        if not question:
            return None
        conversation = words(value, "conversation") or None
        key = f"{source}:{button}"
        new = NewTicket(question, self._kind, language, name or None, contact, conversation, idempotency_key=key)
        try:
            ticket, secret = self._ports.service.hand_over(new)
        except StoreError:
            return self._ports.service.unreachable(language)
        return _say(value, "handed_over", ticket=ticket.id) if secret is not None else None


def _say(value: Fields, name: str, **filled: object) -> str:
    return language_pack(offers.language_of(value)).say(name, **filled)


def _complaint(text: str, language: str | None) -> Reply:
    code = language or LANGUAGES[0]
    name = "too_long" if text.strip() else "empty"
    return small_talk(language_pack(code).say(name, limit=LONGEST_MESSAGE), code, None)
