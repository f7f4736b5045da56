"""What was handed over to people."""

from itertools import product

import pytest

from faqbot.errors import StoreError
from faqbot.store.store import Store
from faqbot.store.tables import tickets
from faqbot.store.ticket import EntryKind, NewTicket, Status
from tests.store.making import at_once, ticket

NEW = NewTicket("máy in hỏng", "web", "vi", name="Lan", contact="lan@example.org", conversation="talk")


def test_a_new_ticket_is_new_and_has_its_message(store: Store) -> None:
    found = store.tickets.open(NEW)[0]
    assert (found.status, found.name, found.contact, found.conversation) == ("new", "Lan", "lan@example.org", "talk")
    assert (found.subject, found.assignee, found.created) == ("máy in hỏng", None, found.updated)
    entry = store.tickets.entries(found.id)[0]
    assert (entry.kind, entry.author, entry.text) == (EntryKind.MESSAGE, None, "máy in hỏng")


def test_the_subject_is_the_beginning_of_the_message_unless_it_is_given(store: Store) -> None:
    assert ticket(store, "một\n hai  ba").subject == "một hai ba"
    long = ticket(store, "x" * 500).subject
    assert (len(long), long[-1]) == (120, "…")
    assert ticket(store, subject="máy in").subject == "máy in"


@pytest.mark.parametrize(("before", "kind"), list(product(Status, EntryKind)))
def test_what_is_said_moves_the_status(store: Store, before: Status, kind: EntryKind) -> None:
    number = ticket(store).id
    store.tickets.set_status(number, before, author="minh")
    reopened = Status.NEW if before == Status.NEW else Status.OPEN
    after = {EntryKind.MESSAGE: reopened, EntryKind.REPLY: Status.WAITING}.get(kind, before)
    assert store.tickets.say(number, kind, "…", author="minh").status == after
    assert store.tickets.entries(number)[-1].kind == kind


def test_changes_are_entries_too(store: Store) -> None:
    number = ticket(store).id
    assert store.tickets.set_status(number, Status.SOLVED, author="minh").status == Status.SOLVED
    assert store.tickets.assign(number, "lan", author="minh").assignee == "lan"
    assert store.tickets.assign(number, None, author="minh").assignee is None
    changes = [(each.kind, each.author, each.text) for each in store.tickets.entries(number)[1:]]
    texts = ["status: solved", "assignee: lan", "assignee: –"]
    assert changes == [(EntryKind.CHANGE, "minh", text) for text in texts]


def test_whatever_is_done_is_an_update(store: Store) -> None:
    first = ticket(store)
    moments = [first.updated]
    moments.append(store.tickets.say(first.id, EntryKind.NOTE, "?", author="minh").updated)
    moments.append(store.tickets.assign(first.id, "lan", author="minh").updated)
    assert moments == sorted(set(moments))
    assert store.tickets.get(first.id) == store.tickets.list()[0]


def test_an_unknown_ticket_is_none_and_cannot_be_changed(store: Store) -> None:
    assert store.tickets.get(7) is None
    assert store.tickets.entries(7) == ()
    with pytest.raises(StoreError):
        store.tickets.say(7, EntryKind.NOTE, "?", author="minh")
    with pytest.raises(StoreError):
        store.tickets.set_status(7, Status.OPEN, author="minh")


def test_a_second_ticket_with_the_same_key_is_the_first(store: Store) -> None:
    first = store.tickets.open(NewTicket("một", "helpdesk", "vi", idempotency_key="k"))[0]
    assert store.tickets.open(NewTicket("hai", "helpdesk", "vi", idempotency_key="k")) == (first, None)
    assert [each.text for each in store.tickets.entries(first.id)] == ["một"]


def test_of_tickets_with_the_same_key_at_the_same_time_one_is_opened(store: Store) -> None:
    new = NewTicket("một", "helpdesk", "vi", idempotency_key="k")
    results = at_once(16, lambda _: store.tickets.open(new))
    assert len({found.id for found, _ in results}) == 1
    assert sum(secret is not None for _, secret in results) == 1
    assert len(store.tickets.list()) == len(store.tickets.entries(results[0][0].id)) == 1


def test_tickets_without_a_key_are_all_opened(store: Store) -> None:
    assert len({found.id for found, _ in at_once(16, lambda _: store.tickets.open(NEW))}) == 16


def test_messages_at_the_same_time_are_all_kept(store: Store) -> None:
    number = ticket(store).id
    at_once(16, lambda each: store.tickets.say(number, EntryKind.MESSAGE, str(each)))
    assert {each.text for each in store.tickets.entries(number)[1:]} == {str(each) for each in range(16)}


def test_the_number_of_a_ticket_is_never_given_again(store: Store) -> None:
    first = ticket(store).id
    with store.database.writing() as connection:
        connection.execute(tickets.delete())
    assert ticket(store).id > first
