"""What others are told about tickets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from faqbot.outgoing.event import Event
from faqbot.store.notice import NewNotice
from faqbot.store.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that others are told about a ticket."""

    event: Event
    ticket: Ticket
    """As it stands after it."""
    text: str
    """The message of a new ticket, or the reply; "" for a solved one."""
    author: str | None
    """Name of a user or token; None for the person who asked."""


Announce = Callable[[Happening], Sequence[NewNotice]]
"""Says who is told about something, and what. It is asked within the transaction, so it must not wait for anything."""
