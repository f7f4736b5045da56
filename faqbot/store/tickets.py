"""What was handed over to people, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, case, func, insert, literal, select, update

from faqbot.outgoing.event import Event
from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.inserting import insert_once
from faqbot.store.outbox import NewNotice, put
from faqbot.store.secret import fingerprint, new_secret
from faqbot.store.tables import ticket_entries, tickets


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

_LONGEST_SUBJECT = 120
_COLUMNS = [column for column in tickets.c if column.name not in ("secret_hash", "idempotency_key")]

_STATUS_AFTER = {
    EntryKind.MESSAGE: case((tickets.c.status == Status.NEW, Status.NEW), else_=Status.OPEN),
    EntryKind.REPLY: literal(Status.WAITING),
}


class Tickets:
    """All tickets."""

    def __init__(self, database: Database, announce: Announce = lambda happening: ()) -> None:
        """Take who is told about tickets; by default nobody is."""
        self._database = database
        self._announce = announce

    def open(self, new: NewTicket) -> tuple[Ticket, str | None]:
        """Open a ticket; return it with its secret, or, for a key that was used before, that ticket and None.

        :raises StoreError: if the store is down.
        """
        secret = new_secret()
        moment = now()
        with self._database.writing() as connection:
            row = {
                "secret_hash": fingerprint(secret),
                "created": moment,
                "updated": moment,
                "status": Status.NEW,
                "channel": new.channel,
                "language": new.language,
                "subject": new.subject or _subject(new.message),
                "name": new.name,
                "contact": new.contact,
                "conversation": new.conversation,
                "idempotency_key": new.idempotency_key,
            }
            inserted = insert_once(connection, tickets, row)
            if inserted is None:
                return _by_key(connection, new.idempotency_key), None
            _add(connection, inserted.id, EntryKind.MESSAGE, None, new.message)
            opened = _ticket(connection, inserted.id)
            put(connection, self._announce(Happening(Event.CREATED, opened, new.message, None)))
            return opened, secret

    def by_secret(self, secret: str) -> Ticket | None:
        """Return the ticket of a secret; None if there is none.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            key = connection.scalar(select(tickets.c.id).where(tickets.c.secret_hash == fingerprint(secret)))
            return None if key is None else _ticket(connection, key)

    def get(self, ticket: int) -> Ticket | None:
        """Return a ticket; None if there is none.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(*_COLUMNS).where(tickets.c.id == ticket)).first()
            return None if row is None else _of(row)

    def list(
        self,
        statuses: Sequence[Status] = tuple(Status),
        *,
        assignee: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> tuple[Ticket, ...]:
        """Return tickets of these statuses, the newest first.

        :param assignee: Only those of this user; None for everybody's.
        :param before: Only those with a lower number, to turn the page; None for the first page.
        :raises StoreError: if the store is down.
        """
        wanted = select(*_COLUMNS).where(tickets.c.status.in_(statuses)).order_by(tickets.c.id.desc()).limit(limit)
        if assignee is not None:
            wanted = wanted.where(tickets.c.assignee == assignee)
        if before is not None:
            wanted = wanted.where(tickets.c.id < before)
        with self._database.reading() as connection:
            return tuple(_of(row) for row in connection.execute(wanted))

    def counts(self, *, assignee: str | None = None) -> dict[Status, int]:
        """Return how many tickets there are of each status.

        :param assignee: Of this user alone; None for everybody's.
        :raises StoreError: if the store is down.
        """
        wanted = select(tickets.c.status, func.count().label("number")).group_by(tickets.c.status)
        if assignee is not None:
            wanted = wanted.where(tickets.c.assignee == assignee)
        with self._database.reading() as connection:
            found = {Status(row.status): int(row.number) for row in connection.execute(wanted)}
        return {status: found.get(status, 0) for status in Status}

    def entries(self, ticket: int) -> tuple[Entry, ...]:
        """Return what was said and done about a ticket, the oldest first.

        :raises StoreError: if the store is down.
        """
        columns = [column for column in ticket_entries.c if column.name != "ticket"]
        wanted = select(*columns).where(ticket_entries.c.ticket == ticket).order_by(ticket_entries.c.id)
        with self._database.reading() as connection:
            return tuple(Entry(**{**row._mapping, "kind": EntryKind(row.kind)}) for row in connection.execute(wanted))

    def say(self, ticket: int, kind: EntryKind, text: str, *, author: str | None = None) -> Ticket:
        """Add a message, a reply or a note. A message opens a ticket again; a reply lets it wait.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            _add(connection, ticket, kind, author, text)
            values = {"updated": now(), "status": _STATUS_AFTER.get(kind, tickets.c.status)}
            connection.execute(update(tickets).where(tickets.c.id == ticket).values(values))
            changed = _ticket(connection, ticket)
            if kind is EntryKind.REPLY:
                put(connection, self._announce(Happening(Event.REPLIED, changed, text, author)))
            return changed

    def set_status(self, ticket: int, status: Status, *, author: str) -> Ticket:
        """Change the status.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            before = connection.scalar(select(tickets.c.status).where(tickets.c.id == ticket).with_for_update())
            changed = _change(connection, ticket, {"status": status}, f"status: {status}", author)
            if status is Status.SOLVED and before != Status.SOLVED:
                put(connection, self._announce(Happening(Event.SOLVED, changed, "", author)))
            return changed

    def assign(self, ticket: int, assignee: str | None, *, author: str) -> Ticket:
        """Give the ticket to a user, or, by None, to nobody.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            return _change(connection, ticket, {"assignee": assignee}, f"assignee: {assignee or '–'}", author)


def _subject(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1].rstrip()}…"


def _change(connection: Connection, ticket: int, values: dict[str, object], text: str, author: str) -> Ticket:
    connection.execute(update(tickets).where(tickets.c.id == ticket).values(updated=now(), **values))
    _add(connection, ticket, EntryKind.CHANGE, author, text)
    return _ticket(connection, ticket)


def _add(connection: Connection, ticket: int, kind: EntryKind, author: str | None, text: str) -> None:
    connection.execute(insert(ticket_entries).values(ticket=ticket, at=now(), kind=kind, author=author, text=text))


def _by_key(connection: Connection, key: str | None) -> Ticket:
    return _of(connection.execute(select(*_COLUMNS).where(tickets.c.idempotency_key == key)).one())


def _ticket(connection: Connection, key: int) -> Ticket:
    return _of(connection.execute(select(*_COLUMNS).where(tickets.c.id == key)).one())


def _of(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(**{**row._mapping, "status": Status(row.status)})
