"""What a channel needs of the rest of the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from faqbot.assistant import Assistant
from faqbot.reply import Conversation
from faqbot.service import Answered, Asked
from faqbot.store.ticket import NewTicket, Ticket


class Service(Protocol):
    """Answers, and remembers what was asked."""

    def answer(self, asked: Asked) -> Answered:
        """Reply to a message.

        :raises QuestionError: if it is blank or too long.
        """

    def judge(self, message_id: str, helpful: bool, comment: str | None = None) -> bool:
        """Note whether a reply helped; return whether there is one of that name.

        :raises StoreError: if the store is down.
        """

    def hand_over(self, new: NewTicket) -> tuple[Ticket, str | None]:
        """Open a ticket.

        :return: The ticket and its secret; no secret where the ticket's idempotency key was used before.
        :raises StoreError: if the store is down.
        """

    def unreachable(self, language: str) -> str:
        """Say that nothing can be handed over now, and how else to reach a person."""


class Deliveries(Protocol):
    """The ids of what came in lately, on all replicas."""

    def first(self, source: str, delivery: str) -> bool:
        """Remember a delivery for 24 hours; return whether it was unknown. Of several at once, one is told so.

        :raises StoreError: if the store is down.
        """

    def forget(self, source: str, delivery: str) -> None:
        """Forget a delivery that could not be dealt with, so that it is dealt with when it comes again.

        :raises StoreError: if the store is down.
        """


class Threads(Protocol):
    """What the threads of chat programs are about."""

    def get(self, channel: str, thread: str, *, since: datetime | None = None) -> Conversation | None:
        """Return what the last reply in a thread left behind; None if it is unknown.

        :param since: None too if that reply is older; by default it may be of any age.
        :raises StoreError: if the store is down.
        """

    def keep(self, channel: str, thread: str, conversation: Conversation) -> None:
        """Remember what a reply in a thread left behind, in place of what was there.

        :raises StoreError: if the store is down.
        """


class Hook(Protocol):
    """A webhook that may ask."""

    @property
    def name(self) -> str:
        """Its name, which is in its address."""

    @property
    def kind(self) -> str:
        """The program that calls it."""

    @property
    def language(self) -> str | None:
        """In which it always replies; None: in the question's."""

    @property
    def silent(self) -> bool:
        """Whether it says nothing where it cannot help."""

    @property
    def public_only(self) -> bool:
        """Whether it quotes only sections marked public."""

    def accepts(self, secret: str) -> bool:
        """Return whether a secret is valid, in a time that does not depend on how nearly it is."""


class Hooks(Protocol):
    """All webhooks."""

    def find(self, name: str) -> Hook | None:
        """Return a webhook; None if there is none.

        :raises StoreError: if the store is down.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """All that the channels need."""

    service: Service
    assistant: Callable[[], Assistant]
    """Returns the one to look something up with, or to repeat a reply that was given before."""
    deliveries: Deliveries
    threads: Threads
    hooks: Hooks
