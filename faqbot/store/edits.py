"""Changes to the knowledge that are not in its files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.tables import edits


@dataclass(frozen=True, slots=True)
class Edit:
    """One change."""

    id: int
    at: datetime
    author: str
    """Name of a user."""
    kind: str
    """What it does; ``faqbot.knowledge.overlay`` knows the kinds."""
    content: Mapping[str, Any]
    """What the kind needs, as JSON has it."""
    undone: datetime | None
    """When it was taken back; None if it is in force."""
    exported: datetime | None
    """When it was written into the files; None if it is not there."""


class Edits:
    """All changes, those that were taken back too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, content: Mapping[str, Any], *, author: str) -> int:
        """Keep a change and return its number, which is higher than that of any change kept before.

        :raises StoreError: if the store is down.
        """
        row = {"at": now(), "author": author, "kind": kind, "content": dict(content)}
        with self._database.writing(alone_in=edits) as connection:
            return int(connection.scalars(insert(edits).values(row).returning(edits.c.id)).one())

    def undo(self, edit: int) -> bool:
        """Take a change back; return whether there was one in force.

        :raises StoreError: if the store is down.
        """
        wanted = update(edits).where(edits.c.id == edit, edits.c.undone.is_(None), edits.c.exported.is_(None))
        with self._database.writing() as connection:
            return bool(connection.execute(wanted.values(undone=now())).rowcount)

    def export(self, up_to: int, *, but: Collection[int] = ()) -> None:
        """Note that the changes in force up to a number are in the files now.

        :param but: Numbers of those that are not; none by default.
        :raises StoreError: if the store is down.
        """
        wanted = update(edits).where(
            edits.c.id <= up_to, edits.c.id.not_in(but), edits.c.undone.is_(None), edits.c.exported.is_(None)
        )
        with self._database.writing() as connection:
            connection.execute(wanted.values(exported=now()))

    def get(self, edit: int) -> Edit | None:
        """Return a change; None if there is none.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(edits).where(edits.c.id == edit)).first()
            return None if row is None else Edit(**row._mapping)

    def in_force(self) -> tuple[Edit, ...]:
        """Return the changes that are neither taken back nor in the files, the oldest first.

        :raises StoreError: if the store is down.
        """
        wanted = select(edits).where(edits.c.undone.is_(None), edits.c.exported.is_(None)).order_by(edits.c.id)
        with self._database.reading() as connection:
            return tuple(Edit(**row._mapping) for row in connection.execute(wanted))

    def list(self, *, limit: int = 100) -> tuple[Edit, ...]:
        """Return changes, the newest first.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            wanted = select(edits).order_by(edits.c.id.desc()).limit(limit)
            return tuple(Edit(**row._mapping) for row in connection.execute(wanted))

    def revision(self) -> str:
        """Return a text that changes whenever other changes are in force.

        :raises StoreError: if the store is down.
        """
        numbers = (func.max(edits.c.id), func.count(edits.c.undone), func.count(edits.c.exported))
        with self._database.reading() as connection:
            return "-".join(str(each or 0) for each in connection.execute(select(*numbers)).one())
