"""What was asked, and what was replied."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from faqbot.store.database import Database
from faqbot.store.inserting import insert_missing, insert_or_replace
from faqbot.store.tables import exchanges, feedback


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message with the reply that it got."""

    id: str
    """Names the reply, for feedback."""
    conversation: str
    """The messages of one person in a row share it."""
    at: datetime
    channel: str
    """``web``, ``page``, ``slack``, ``hook`` or ``helpdesk``."""
    question: str
    """After redaction."""
    language: str
    """Of the reply."""
    kind: str
    """Of the reply, as ``faqbot.decision.Kind`` names them."""
    section: str | None
    """Text form of the key of the section that answered."""
    offered: tuple[str, ...]
    """Those of the sections that were offered, the best first."""
    confidence: float
    """0 to 1."""
    reply: str
    """In plain text."""
    revision: str
    """Of the knowledge."""


LONGEST_CONVERSATION = 200
"""Exchanges of a conversation that anybody reads; a program can make any number of them."""
_COLUMNS = tuple(column.name for column in exchanges.c)
_IN_ORDER = (exchanges.c.at, exchanges.c.id)


class Exchanges:
    """The exchanges of all channels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, found: Sequence[Exchange]) -> None:
        """Write exchanges, all or none; one that is there already stays as it is.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            insert_missing(connection, exchanges, [_row(each) for each in found])

    def of(self, conversation: str) -> tuple[Exchange, ...]:
        """Return the last exchanges of a conversation, the oldest first; none if it is unknown.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            wanted = select(exchanges).where(exchanges.c.conversation == conversation)
            newest = wanted.order_by(*(column.desc() for column in _IN_ORDER)).limit(LONGEST_CONVERSATION)
            return tuple(_exchange(row) for row in connection.execute(newest))[::-1]

    def since(self, moment: datetime) -> tuple[Exchange, ...]:
        """Return what was asked from that moment on, the oldest first.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            wanted = select(exchanges).where(exchanges.c.at >= moment).order_by(*_IN_ORDER)
            return tuple(_exchange(row) for row in connection.execute(wanted))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody thought of a reply."""

    exchange: str
    at: datetime
    helpful: bool
    comment: str | None
    """After redaction."""


class Feedback:
    """Verdicts on replies; one a reply, the last word counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, verdict: Verdict) -> bool:
        """Keep a verdict in place of an older one; return whether there is such a reply.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            if not _is_there(connection, verdict.exchange):
                return False
            insert_or_replace(connection, feedback, asdict(verdict))
            return True

    def since(self, moment: datetime) -> dict[str, Verdict]:
        """Return the verdicts on replies given from that moment on, by exchange.

        :raises StoreError: if the store is down.
        """
        wanted = select(feedback).join(exchanges).where(exchanges.c.at >= moment)
        with self._database.reading() as connection:
            return {row.exchange: Verdict(**row._mapping) for row in connection.execute(wanted)}


def _is_there(connection: Connection, exchange: str) -> bool:
    return connection.scalar(select(exchanges.c.id).where(exchanges.c.id == exchange)) is not None


def _row(exchange: Exchange) -> dict[str, Any]:
    return {name: getattr(exchange, name) for name in _COLUMNS} | {"offered": list(exchange.offered)}


def _exchange(row: Row[tuple[object, ...]]) -> Exchange:
    return Exchange(**{**row._mapping, "offered": tuple(row.offered)})
