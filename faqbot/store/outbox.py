"""Notices on their way to other programs: kept until they have arrived, and tried for a day."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.notice import NewNotice, Notice, Stage, Waiting
from faqbot.store.retrying import LONGEST_DELAY, LONGEST_TRY, delay
from faqbot.store.tables import outbox

LEASE = timedelta(minutes=2)
"""How long a notice belongs to whoever claimed it; longer than an attempt takes."""
_LONGEST_ERROR = 300


def put(connection: Connection, notices: Sequence[NewNotice]) -> None:
    """Add notices in the transaction of what they tell about, so that neither is kept without the other."""
    begun = _begun(now())
    rows = [{**begun, "target": each.target, "event": each.event, "content": each.content} for each in notices]
    if rows:
        connection.execute(insert(outbox), rows)


class Outbox:
    """All notices that have not arrived."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *notices: NewNotice) -> None:
        """Add notices.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            put(connection, notices)

    def claim(self, moment: datetime, resting: Collection[str] = ()) -> Notice | None:
        """Take the notice that has been due the longest; nobody else gets it until its lease has run out.

        :param resting: Targets to leave alone.
        :return: None if none is due.
        :raises StoreError: if the store is down.
        """
        wanted = select(outbox.c.id).where(_due(moment), outbox.c.target.not_in(resting)).limit(1)
        wanted = wanted.order_by(outbox.c.next_attempt, outbox.c.id)
        with self._database.reading() as connection:
            if connection.scalar(wanted) is None:
                return None
        one = wanted.with_for_update(skip_locked=True).scalar_subquery()
        leased = {"next_attempt": moment + LEASE, "attempts": outbox.c.attempts + 1}
        with self._database.writing() as connection:
            statement = update(outbox).where(outbox.c.id == one, _due(moment)).values(leased).returning(outbox)
            row = connection.execute(statement).first()
            return None if row is None else _notice(row)

    def succeeded(self, notice: Notice) -> None:
        """Forget a claimed notice that has arrived.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            connection.execute(outbox.delete().where(outbox.c.id == notice.id))

    def failed(self, notice: Notice, error: str, moment: datetime, *, pause: timedelta = timedelta(0)) -> Stage:
        """Let a claimed notice wait for its next attempt, or be dead after a day; return which.

        What happens to a notice that somebody else has claimed meanwhile is up to them.

        :param pause: How long its target wants to be left alone, at least; at most two hours count.
        :raises StoreError: if the store is down.
        """
        later = moment + max(delay(notice.attempts), min(pause, LONGEST_DELAY))
        stage = Stage.DEAD if later > notice.created + LONGEST_TRY else Stage.WAITING
        self._settle(notice, error, {"status": stage, "next_attempt": later})
        return stage

    def give_up(self, notice: Notice, error: str) -> None:
        """Let a claimed notice be dead at once.

        :raises StoreError: if the store is down.
        """
        self._settle(notice, error, {"status": Stage.DEAD})

    def _settle(self, notice: Notice, error: str, values: dict[str, Any]) -> None:
        mine = (outbox.c.id == notice.id) & (outbox.c.attempts == notice.attempts)
        values = {**values, "last_error": error[:_LONGEST_ERROR]}
        with self._database.writing() as connection:
            connection.execute(update(outbox).where(mine).values(values))

    def count(self) -> Waiting:
        """Return how many notices there are of each stage.

        :raises StoreError: if the store is down.
        """
        wanted = select(outbox.c.status, func.count().label("number")).group_by(outbox.c.status)
        with self._database.reading() as connection:
            found = {row.status: int(row.number) for row in connection.execute(wanted)}
        return Waiting(found.get(Stage.WAITING, 0), found.get(Stage.DEAD, 0))

    def by_target(self) -> dict[tuple[str, Stage], int]:
        """Return how many notices there are for each target and of each stage.

        :raises StoreError: if the store is down.
        """
        wanted = select(outbox.c.target, outbox.c.status, func.count().label("number"))
        with self._database.reading() as connection:
            rows = connection.execute(wanted.group_by(outbox.c.target, outbox.c.status))
            return {(row.target, Stage(row.status)): int(row.number) for row in rows}

    def list(self, stage: Stage, *, limit: int = 100, before: int | None = None) -> tuple[Notice, ...]:
        """Return notices of a stage, the newest first.

        :param before: Only those with a lower number, to turn the page; None for the first page.
        :raises StoreError: if the store is down.
        """
        wanted = select(outbox).where(outbox.c.status == stage).order_by(outbox.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(outbox.c.id < before)
        with self._database.reading() as connection:
            return tuple(_notice(row) for row in connection.execute(wanted))

    def send_again(self, notice: int, moment: datetime) -> Notice | None:
        """Let a dead notice be tried for a day again; return it, or None if there is no such dead notice.

        :raises StoreError: if the store is down.
        """
        statement = update(outbox).where(*_dead(notice)).values(_begun(moment)).returning(outbox)
        with self._database.writing() as connection:
            row = connection.execute(statement).first()
            return None if row is None else _notice(row)

    def send_all_again(self, moment: datetime) -> int:
        """Let all dead notices be tried for a day again; return how many there were.

        :raises StoreError: if the store is down.
        """
        statement = update(outbox).where(outbox.c.status == Stage.DEAD).values(_begun(moment))
        with self._database.writing() as connection:
            return connection.execute(statement).rowcount

    def discard(self, notice: int) -> Notice | None:
        """Forget a dead notice; return it, or None if there is no such dead notice.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            row = connection.execute(outbox.delete().where(*_dead(notice)).returning(outbox)).first()
            return None if row is None else _notice(row)


def _begun(moment: datetime) -> dict[str, Any]:
    """Return how a notice stands that is to be tried for a day from a moment on."""
    return {"created": moment, "status": Stage.WAITING, "attempts": 0, "next_attempt": moment}


def _due(moment: datetime) -> ColumnElement[bool]:
    return (outbox.c.status == Stage.WAITING) & (outbox.c.next_attempt <= moment)


def _dead(notice: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return outbox.c.id == notice, outbox.c.status == Stage.DEAD


def _notice(row: Any) -> Notice:
    return Notice(**{**row._mapping, "status": Stage(row.status)})
