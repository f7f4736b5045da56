"""Which missed questions somebody has dealt with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.tables import settled_gaps


@dataclass(frozen=True, slots=True)
class Settled:
    """How a question was dealt with."""

    question: str
    """Without diacritics and capitals."""
    at: datetime
    author: str
    """Name of a user."""
    edit: int | None
    """Number of the edit that did; None where the question was dismissed."""


class SettledGaps:
    """All questions that were dealt with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle(self, questions: Collection[str], *, author: str, edit: int | None) -> None:
        """Note that questions are dealt with, in place of what was noted before.

        :param edit: Number of the edit that does; None dismisses them.
        :raises StoreError: if the store is down.
        """
        rows = [{"question": each, "at": now(), "author": author, "edit": edit} for each in sorted(set(questions))]
        with self._database.writing() as connection:
            connection.execute(settled_gaps.delete().where(settled_gaps.c.question.in_(list(questions))))
            if rows:
                connection.execute(insert(settled_gaps), rows)

    def reopen(self, questions: Collection[str]) -> int:
        """Forget that questions are dealt with; return how many were.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            wanted = settled_gaps.delete().where(settled_gaps.c.question.in_(list(questions)))
            return int(connection.execute(wanted).rowcount)

    def reopen_of(self, edit: int) -> int:
        """Forget what an edit dealt with; return how many questions that were.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            return int(connection.execute(settled_gaps.delete().where(settled_gaps.c.edit == edit)).rowcount)

    def all(self) -> dict[str, Settled]:
        """Return what was dealt with, by question.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            return {row.question: Settled(**row._mapping) for row in connection.execute(select(settled_gaps))}
