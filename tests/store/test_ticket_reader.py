"""Tickets are found by their secret, listed and counted."""

import pytest

from faqbot.store.secret import fingerprint
from faqbot.store.store import Store
from faqbot.store.tables import tickets
from faqbot.store.ticket import NewTicket, Status, Ticket
from tests.store.making import ticket


def opened(store: Store) -> tuple[Ticket, str]:
    """Open a ticket; return it with its secret."""
    found, secret = store.tickets.open(NewTicket("máy in hỏng", "web", "vi"))
    assert secret is not None
    return found, secret


def test_tickets_are_listed_newest_first_by_status_and_by_page(store: Store) -> None:
    numbers = [ticket(store).id for _ in range(5)]
    store.tickets.set_status(numbers[1], Status.SOLVED, author="minh")
    assert [each.id for each in store.tickets.list()] == numbers[::-1]
    assert [each.id for each in store.tickets.list([Status.SOLVED])] == [numbers[1]]
    assert [each.id for each in store.tickets.list(limit=2)] == [numbers[4], numbers[3]]
    assert [each.id for each in store.tickets.list(limit=2, before=numbers[3])] == [numbers[2], numbers[1]]
    assert store.tickets.list([]) == ()


def test_a_secret_opens_its_own_ticket_only(store: Store) -> None:
    found = [opened(store) for _ in range(3)]
    assert [store.tickets.by_secret(secret) for _, secret in found] == [each for each, _ in found]


@pytest.mark.parametrize("guess", ["", "1", "%", "' OR 1=1 --", "\0", "\ud800", "never-given-out" * 3])
def test_a_guessed_secret_opens_nothing(store: Store, guess: str) -> None:
    opened(store)
    assert store.tickets.by_secret(guess) is None


def test_a_secret_is_kept_as_a_fingerprint_that_opens_nothing(store: Store) -> None:
    _, secret = opened(store)
    with store.database.reading() as connection:
        row = connection.execute(tickets.select()).one()
    assert row.secret_hash == fingerprint(secret)
    assert secret not in map(str, row)
    assert store.tickets.by_secret(row.secret_hash) is None


@pytest.fixture
def four(store: Store) -> Store:
    """A store with four tickets: new, new and Lan's, open and Lan's, solved."""
    numbers = [ticket(store).id for _ in range(4)]
    store.tickets.assign(numbers[1], "lan", author="lan")
    store.tickets.assign(numbers[2], "lan", author="lan")
    store.tickets.set_status(numbers[2], Status.OPEN, author="lan")
    store.tickets.set_status(numbers[3], Status.SOLVED, author="lan")
    return store


@pytest.mark.parametrize(
    ("assignee", "numbers"), [(None, [4, 3, 2, 1]), ("lan", [3, 2]), ("minh", []), ("' OR 1=1", [])]
)
def test_tickets_of_a_user_are_listed(four: Store, assignee: str | None, numbers: list[int]) -> None:
    assert [each.id for each in four.tickets.list(assignee=assignee)] == numbers


@pytest.mark.parametrize(("assignee", "counts"), [(None, [2, 1, 0, 1]), ("lan", [1, 1, 0, 0]), ("minh", [0, 0, 0, 0])])
def test_every_status_is_counted(four: Store, assignee: str | None, counts: list[int]) -> None:
    assert four.tickets.counts(assignee=assignee) == dict(zip(Status, counts, strict=True))
