"""Count what was asked, in the database: of a million exchanges only the sums come out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Column, ColumnElement, Executable, case, func, select, type_coerce

from faqbot.decision import Kind
from faqbot.store.database import Database
from faqbot.store.tables import exchanges, feedback, tickets

BLOCK = timedelta(minutes=15)
"""Exchanges are counted by blocks of this length, of which days of any time zone can be made."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = BLOCK // timedelta(microseconds=1)
_DIMENSIONS = {"language": exchanges.c.language, "channel": exchanges.c.channel, "section": exchanges.c.section}

Counts = tuple[tuple[str, int], ...]
"""Names with their numbers, the largest first; of equal ones, the first by name."""


@dataclass(frozen=True, slots=True)
class Block:
    """Exchanges of one kind in a short time."""

    begin: datetime
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Conversations:
    """How conversations ended in which something was asked."""

    all: int
    resolved: int
    """Those whose last question was answered, and that led to no ticket."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people thought of replies."""

    helpful: int
    unhelpful: int


class Figures:
    """Sums over the exchanges from a moment on. All may raise StoreError, if the store is down."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def blocks(self, since: datetime) -> tuple[Block, ...]:
        """Return how many exchanges of each kind there were, by blocks of time, the oldest first."""
        block = (type_coerce(exchanges.c.at, BigInteger) // _MICROSECONDS).label("block")
        wanted = select(block, exchanges.c.kind, func.count().label("number")).where(exchanges.c.at >= since)
        with self._database.reading(unhurried=True) as connection:
            rows = connection.execute(wanted.group_by("block", exchanges.c.kind).order_by("block", exchanges.c.kind))
            return tuple(Block(_EPOCH + row.block * BLOCK, row.kind, row.number) for row in rows)

    def by(self, dimension: str, since: datetime, *, limit: int = 20) -> Counts:
        """Return how many exchanges there were by ``language``, ``channel``, or ``section`` that answered."""
        column = _DIMENSIONS[dimension]
        wanted = _grouped(column, (exchanges.c.at >= since) & column.is_not(None), limit)
        with self._database.reading(unhurried=True) as connection:
            return tuple((row[0], row.number) for row in connection.execute(wanted))

    def declined(self, since: datetime, *, limit: int = 2_000) -> Counts:
        """Return the questions that were declined most often, as they were written."""
        declined = (exchanges.c.at >= since) & (exchanges.c.kind == Kind.DECLINE)
        with self._database.reading(unhurried=True) as connection:
            wanted = _grouped(exchanges.c.question, declined, limit)
            return tuple((row.question, row.number) for row in connection.execute(wanted))

    def conversations(self, since: datetime) -> Conversations:
        """Return how the conversations ended in which something was asked since then."""
        answered = func.max(case((exchanges.c.kind == Kind.ANSWER, exchanges.c.at)))
        missed = func.max(case((exchanges.c.kind.in_((Kind.CLARIFY, Kind.DECLINE)), exchanges.c.at)))
        ended = (
            select(
                exchanges.c.conversation,
                case((answered.is_not(None) & (missed.is_(None) | (answered > missed)), 1), else_=0).label("well"),
            )
            .where(exchanges.c.at >= since, exchanges.c.kind != Kind.SMALL_TALK)
            .group_by(exchanges.c.conversation)
            .subquery()
        )
        handed = select(tickets.c.conversation).where(tickets.c.conversation.is_not(None)).distinct().subquery()
        resolved = func.sum(case((handed.c.conversation.is_(None), ended.c.well), else_=0))
        both = ended.outerjoin(handed, handed.c.conversation == ended.c.conversation)
        wanted = select(func.count(), resolved).select_from(both)
        with self._database.reading(unhurried=True) as connection:
            row = connection.execute(wanted).one()
            return Conversations(int(row[0]), int(row[1] or 0))

    def verdicts(self, since: datetime) -> Verdicts:
        """Return how many replies were found helpful, and how many not, by verdicts given since then."""
        wanted = select(feedback.c.helpful, func.count().label("number")).where(feedback.c.at >= since)
        with self._database.reading(unhurried=True) as connection:
            found = {row.helpful: row.number for row in connection.execute(wanted.group_by(feedback.c.helpful))}
            return Verdicts(found.get(True, 0), found.get(False, 0))


def _grouped(column: Column[str], which: ColumnElement[bool], limit: int) -> Executable:
    number = func.count().label("number")
    return select(column, number).where(which).group_by(column).order_by(number.desc(), column).limit(limit)
