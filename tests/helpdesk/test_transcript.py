"""What was said to the bot before a ticket was opened."""

from dataclasses import replace
from pathlib import Path

import pytest

from faqbot.assistant import Assistant
from faqbot.helpdesk.transcript import transcript
from faqbot.settings import Settings
from faqbot.store.column_types import now
from faqbot.store.exchanges import Exchange
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket

EXCHANGE = Exchange("1", "c", now(), "web", "open?", "en", "answer", "guide/hours", (), 0.9, "Yes.", "r")


@pytest.mark.parametrize(
    ("section", "title"),
    [("guide/hours", "Opening hours"), ("guide/cellar", "guide/cellar"), ("nonsense", None), (None, None)],
)
def test_a_turn_names_its_section(library: Assistant, tmp_path: Path, section: str | None, title: str | None) -> None:
    store = Store(Settings(data=tmp_path).store_url())
    store.exchanges.keep([replace(EXCHANGE, section=section)])
    ticket, _ = store.tickets.open(NewTicket("help", "web", "en", conversation="c"))
    (turn,) = transcript(store, library.knowledge, ticket)
    assert (turn.title, turn.exchange.question) == (title, "open?")


def test_a_ticket_without_a_conversation_has_none(library: Assistant, tmp_path: Path) -> None:
    store = Store(Settings(data=tmp_path).store_url())
    ticket, _ = store.tickets.open(NewTicket("help", "web", "en"))
    assert transcript(store, library.knowledge, ticket) == ()
