"""What agents do to tickets, and what is written down of it."""

from pathlib import Path

import pytest

from faqbot.errors import HelpdeskError
from faqbot.helpdesk.desk import LONGEST_TEXT, Desk
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Status, Ticket


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Settings(data=tmp_path).store_url())


@pytest.fixture
def ticket(store: Store) -> Ticket:
    return store.tickets.open(NewTicket("help", "web", "en"))[0]


def deeds(store: Store) -> list[tuple[str, str, str, str]]:
    return [(deed.actor, deed.action, deed.subject, deed.detail) for deed in store.audit.list()]


def test_each_deed_is_written_down_without_what_was_said(store: Store, ticket: Ticket) -> None:
    desk = Desk(store, "zammad", via="API")
    desk.note(desk.reply(ticket, "secret"), "secret")
    assert deeds(store) == [
        ("zammad", "ticket.note", "#1", "(API)"),
        ("zammad", "ticket.reply", "#1", "(API)"),
    ]


def test_a_change_to_what_is_there_already_is_none(store: Store, ticket: Ticket) -> None:
    desk = Desk(store, "lan")
    assert desk.set_status(ticket, Status.NEW) == ticket
    assert desk.assign(ticket, None) == ticket
    assert (deeds(store), len(store.tickets.entries(ticket.id))) == ([], 1)


def test_whoever_takes_a_new_ticket_opens_it(store: Store, ticket: Ticket) -> None:
    store.users.put("lan", Role.AGENT, "long enough password")
    taken = Desk(store, "lan").assign(ticket, "lan")
    assert (taken.assignee, taken.status) == ("lan", Status.OPEN)
    assert [detail for *_, detail in deeds(store)] == ["new → open", "– → lan"]


def test_nobody_can_be_given_a_ticket_who_is_not_there(store: Store, ticket: Ticket) -> None:
    with pytest.raises(HelpdeskError, match="there is no such user"):
        Desk(store, "lan").assign(ticket, "nobody")


@pytest.mark.parametrize(
    ("text", "reason"), [("", "empty"), (" \r\n", "empty"), ("x" * (LONGEST_TEXT + 1), "too_long")]
)
def test_a_text_that_cannot_be_sent_changes_nothing(store: Store, ticket: Ticket, text: str, reason: str) -> None:
    for deed in (Desk(store, "lan").reply, Desk(store, "lan").note):
        with pytest.raises(HelpdeskError) as refused:
            deed(ticket, text)
        assert refused.value.reason == reason
    assert (store.tickets.get(ticket.id), deeds(store)) == (ticket, [])
