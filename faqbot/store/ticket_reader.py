"""Find tickets, list and count them, and read what was said about one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, func, select

from faqbot.store.database import Database
from faqbot.store.secret import fingerprint
from faqbot.store.tables import ticket_entries, tickets
from faqbot.store.ticket import Entry, EntryKind, Status, Ticket

_COLUMNS = [column for column in tickets.c if column.name not in ("secret_hash", "idempotency_key")]


class TicketReader:
    """All tickets, as they stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_secret(self, secret: str) -> Ticket | None:
        """Return the ticket of a secret; None if there is none.

        :raises StoreError: if the store is down.
        """
        return self._find(tickets.c.secret_hash == fingerprint(secret))

    def get(self, ticket: int) -> Ticket | None:
        """Return a ticket; None if there is none.

        :raises StoreError: if the store is down.
        """
        return self._find(tickets.c.id == ticket)

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

    def _find(self, which: ColumnElement[bool]) -> Ticket | None:
        with self._database.reading() as connection:
            row = connection.execute(select(*_COLUMNS).where(which)).first()
            return None if row is None else _of(row)


def the_ticket(connection: Connection, which: ColumnElement[bool]) -> Ticket:
    """Return the one ticket for which something is true, as the transaction sees it.

    :raises NoResultFound: if there is none.
    """
    return _of(connection.execute(select(*_COLUMNS).where(which)).one())


def _of(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(**{**row._mapping, "status": Status(row.status)})
