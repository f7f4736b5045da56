"""What was handed over to people, and what became of it."""

from sqlalchemy import Connection, case, insert, literal, select, update

from faqbot.outgoing.event import Event
from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.happening import Announce, Happening
from faqbot.store.inserting import insert_once
from faqbot.store.outbox import put
from faqbot.store.secret import fingerprint, new_secret
from faqbot.store.tables import ticket_entries, tickets
from faqbot.store.ticket import EntryKind, NewTicket, Status, Ticket
from faqbot.store.ticket_reader import TicketReader, the_ticket

_LONGEST_SUBJECT = 120
_STATUS_AFTER = {
    EntryKind.MESSAGE: case((tickets.c.status == Status.NEW, Status.NEW), else_=Status.OPEN),
    EntryKind.REPLY: literal(Status.WAITING),
}


class Tickets(TicketReader):
    """All tickets, to read them, to open some, and to change them."""

    def __init__(self, database: Database, announce: Announce = lambda happening: ()) -> None:
        """Take who is told about tickets; by default nobody is."""
        super().__init__(database)
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
                return the_ticket(connection, tickets.c.idempotency_key == new.idempotency_key), None
            _add(connection, inserted.id, EntryKind.MESSAGE, new.message, None)
            opened = the_ticket(connection, tickets.c.id == inserted.id)
            put(connection, self._announce(Happening(Event.CREATED, opened, new.message, None)))
            return opened, secret

    def say(self, ticket: int, kind: EntryKind, text: str, *, author: str | None = None) -> Ticket:
        """Add a message, a reply or a note. A message opens a ticket again; a reply lets it wait.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            status = _STATUS_AFTER.get(kind, tickets.c.status)
            changed = _change(connection, ticket, {"status": status}, kind, text, author)
            if kind is EntryKind.REPLY:
                put(connection, self._announce(Happening(Event.REPLIED, changed, text, author)))
            return changed

    def set_status(self, ticket: int, status: Status, *, author: str) -> Ticket:
        """Change the status.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            before = connection.scalar(select(tickets.c.status).where(tickets.c.id == ticket).with_for_update())
            changed = _change(connection, ticket, {"status": status}, EntryKind.CHANGE, f"status: {status}", author)
            if status is Status.SOLVED and before != Status.SOLVED:
                put(connection, self._announce(Happening(Event.SOLVED, changed, "", author)))
            return changed

    def assign(self, ticket: int, assignee: str | None, *, author: str) -> Ticket:
        """Give the ticket to a user, or, by None, to nobody.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            text = f"assignee: {assignee or '–'}"
            return _change(connection, ticket, {"assignee": assignee}, EntryKind.CHANGE, text, author)


def _subject(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1].rstrip()}…"


def _change(
    connection: Connection, ticket: int, values: dict[str, object], kind: EntryKind, text: str, author: str | None
) -> Ticket:
    connection.execute(update(tickets).where(tickets.c.id == ticket).values(updated=now(), **values))
    _add(connection, ticket, kind, text, author)
    return the_ticket(connection, tickets.c.id == ticket)


def _add(connection: Connection, ticket: int, kind: EntryKind, text: str, author: str | None) -> None:
    connection.execute(insert(ticket_entries).values(ticket=ticket, at=now(), kind=kind, author=author, text=text))
