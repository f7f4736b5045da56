"""What a ticket is: something that was handed over to people, and what was said and done about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How a ticket stands."""

    NEW = "new"
    """Nobody has looked at it."""
    OPEN = "open"
    """An agent has to act."""
    WAITING = "waiting"
    """The person who asked has to answer."""
    SOLVED = "solved"


class EntryKind(StrEnum):
    """What an entry of a ticket is."""

    MESSAGE = "message"
    """From the person who asked."""
    REPLY = "reply"
    """To that person, from an agent."""
    NOTE = "note"
    """Among agents."""
    CHANGE = "change"
    """A change of status or assignee."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to open. All texts are already redacted, but for name and contact, which are needed as they are."""

    message: str
    channel: str
    language: str
    name: str | None = None
    contact: str | None = None
    conversation: str | None = None
    """Whose exchanges are the transcript."""
    subject: str | None = None
    """None takes the beginning of the message."""
    idempotency_key: str | None = None
    """A second ticket with the same key is the first one."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as it stands."""

    id: int
    created: datetime
    updated: datetime
    status: Status
    channel: str
    language: str
    subject: str
    name: str | None
    contact: str | None
    conversation: str | None
    assignee: str | None
    """Name of a user."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something said or done about a ticket."""

    id: int
    at: datetime
    kind: EntryKind
    author: str | None
    """Name of a user or token; None for the person who asked."""
    text: str
