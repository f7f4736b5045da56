"""The people behind the bot: what reaches them, and what they answer."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from faqbot.service import Reachable, Service
from faqbot.store.store import Store
from faqbot.store.ticket import EntryKind, Status, Ticket

_LONG_AGO = datetime.fromtimestamp(0, UTC)
_NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none"


class Desk:
    """A desk with a store of its own, which may be out of order."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._service: Service = app.extensions["faqbot"]
        self._store = Store(f"sqlite:///{folder / 'desk.sqlite3'}")
        self.open()

    def open(self) -> None:
        """Let the store work."""
        self._service.store = self._store
        self._service.reachable = Reachable()

    def close(self, contact: str) -> None:
        """Let the store fail; people are told the contact."""
        self._service.store = Store(_NOWHERE)
        self._service.reachable = Reachable(dict.fromkeys(("vi", "en"), contact))

    def verdicts(self) -> list[bool]:
        """Return what people thought of replies."""
        return [each.helpful for each in self._store.feedback.since(_LONG_AGO).values()]

    def ticket(self) -> Ticket:
        """Return the newest ticket."""
        return self._store.tickets.list(limit=1)[0]

    def said(self) -> list[str]:
        """Return what the visitor wrote."""
        entries = self._store.tickets.entries(self.ticket().id)
        return [entry.text for entry in entries if entry.kind is EntryKind.MESSAGE]

    def transcript(self) -> list[str]:
        """Return what the visitor had asked the bot before."""
        return [exchange.question for exchange in self._store.exchanges.of(self.ticket().conversation or "")]

    def reply(self, text: str) -> None:
        """Answer the visitor."""
        self._store.tickets.say(self.ticket().id, EntryKind.REPLY, text, author="minh")

    def solve(self) -> None:
        """Mark the ticket as solved."""
        self._store.tickets.set_status(self.ticket().id, Status.SOLVED, author="minh")
