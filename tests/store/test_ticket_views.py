"""Tickets of one user, and how many there are."""

from pathlib import Path

import pytest

from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.store.tickets import NewTicket, Status


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Four tickets: new, new and Lan's, open and Lan's, solved."""
    found = Store(Settings(data=tmp_path).store_url())
    numbers = [found.tickets.open(NewTicket("help", "web", "en"))[0].id for _ in range(4)]
    found.tickets.assign(numbers[1], "lan", author="lan")
    found.tickets.assign(numbers[2], "lan", author="lan")
    found.tickets.set_status(numbers[2], Status.OPEN, author="lan")
    found.tickets.set_status(numbers[3], Status.SOLVED, author="lan")
    return found


@pytest.mark.parametrize(
    ("assignee", "numbers"), [(None, [4, 3, 2, 1]), ("lan", [3, 2]), ("minh", []), ("' OR 1=1", [])]
)
def test_tickets_of_a_user_are_listed(store: Store, assignee: str | None, numbers: list[int]) -> None:
    assert [ticket.id for ticket in store.tickets.list(assignee=assignee)] == numbers


@pytest.mark.parametrize(("assignee", "counts"), [(None, [2, 1, 0, 1]), ("lan", [1, 1, 0, 0]), ("minh", [0, 0, 0, 0])])
def test_every_status_is_counted(store: Store, assignee: str | None, counts: list[int]) -> None:
    assert store.tickets.counts(assignee=assignee) == dict(zip(Status, counts, strict=True))
