"""Who changed what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.tables import audit


@dataclass(frozen=True, slots=True)
class Deed:
    """One change."""

    id: int
    at: datetime
    actor: str
    """Name of a user or token, or ``command line``."""
    action: str
    """Such as ``ticket.reply`` or ``edit.undo``."""
    subject: str
    """What was changed, such as a ticket's number."""
    detail: str
    """In a few words; "" for nothing more to say."""


class Audit:
    """All changes, which nobody can take back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, actor: str, action: str, subject: object, detail: str = "") -> None:
        """Write a change down.

        :raises StoreError: if the store is down.
        """
        values = {"at": now(), "actor": actor, "action": action, "subject": str(subject), "detail": detail}
        with self._database.writing() as connection:
            connection.execute(insert(audit).values(values))

    def list(self, *, limit: int = 100, before: int | None = None) -> tuple[Deed, ...]:
        """Return changes, the newest first.

        :param before: Only those with a lower number, to turn the page; None for the first page.
        :raises StoreError: if the store is down.
        """
        wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(audit.c.id < before)
        with self._database.reading() as connection:
            return tuple(Deed(**row._mapping) for row in connection.execute(wanted))
