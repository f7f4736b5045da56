"""Who changed what."""

from faqbot.store.store import Store
from tests.store.making import at_once


def test_a_change_is_listed_as_it_was_noted(store: Store) -> None:
    store.audit.note("lan", "ticket.reply", 7, "<b>'; DROP TABLE audit; --\0")
    deed = store.audit.list()[0]
    assert (deed.actor, deed.action, deed.subject) == ("lan", "ticket.reply", "7")
    assert deed.detail == "<b>'; DROP TABLE audit; --\N{REPLACEMENT CHARACTER}"


def test_changes_are_listed_newest_first_and_by_page(store: Store) -> None:
    for number in range(5):
        store.audit.note("lan", "edit.undo", number)
    page = store.audit.list(limit=2)
    assert [deed.subject for deed in page] == ["4", "3"]
    assert [deed.subject for deed in store.audit.list(limit=2, before=page[-1].id)] == ["2", "1"]


def test_changes_at_the_same_time_are_all_noted(store: Store) -> None:
    at_once(16, lambda number: store.audit.note("lan", "edit.add", number))
    assert {deed.subject for deed in store.audit.list()} == {str(number) for number in range(16)}
