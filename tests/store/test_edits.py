"""Changes to the knowledge that are not in its files, and the list of who changed what."""

from faqbot.store.store import Store
from tests.store.making import at_once


def add(store: Store, text: str = "mấy giờ mở cửa") -> int:
    return store.edits.add("question", {"vi": [text]}, author="lan")


def in_force(store: Store) -> list[int]:
    return [edit.id for edit in store.edits.in_force()]


def test_an_edit_is_in_force_as_it_was_made(store: Store) -> None:
    number = add(store)
    edit = store.edits.in_force()[0]
    assert (edit.id, edit.author, edit.kind, edit.content) == (number, "lan", "question", {"vi": ["mấy giờ mở cửa"]})
    assert (edit.undone, edit.exported) == (None, None)


def test_edits_in_force_come_oldest_first_and_the_list_newest_first(store: Store) -> None:
    numbers = [add(store) for _ in range(3)]
    assert in_force(store) == numbers == sorted(numbers)
    assert [edit.id for edit in store.edits.list(limit=2)] == numbers[:0:-1]


def test_an_edit_is_undone_once(store: Store) -> None:
    first, second = add(store), add(store)
    assert store.edits.undo(first)
    assert not store.edits.undo(first)
    assert not store.edits.undo(999)
    assert in_force(store) == [second]
    assert store.edits.list()[1].undone is not None


def test_of_those_who_undo_an_edit_at_the_same_time_one_does(store: Store) -> None:
    number = add(store)
    assert sum(at_once(8, lambda _: store.edits.undo(number))) == 1


def test_what_was_exported_is_in_the_files_and_cannot_be_undone_here(store: Store) -> None:
    first, undone, last = (add(store) for _ in range(3))
    store.edits.undo(undone)
    store.edits.export(undone)
    assert in_force(store) == [last]
    assert not store.edits.undo(first)
    assert [edit.exported is None for edit in store.edits.list()] == [True, True, False]


def test_the_revision_changes_whenever_other_edits_are_in_force(store: Store) -> None:
    revisions = [store.edits.revision()]
    numbers = []
    for _ in range(2):
        numbers.append(add(store))
        revisions.append(store.edits.revision())
    store.edits.undo(numbers[1])
    revisions.append(store.edits.revision())
    store.edits.export(numbers[1])
    revisions.append(store.edits.revision())
    assert len(set(revisions)) == len(revisions) == 5
    assert store.edits.revision() == revisions[-1]


def test_an_edit_that_is_made_while_others_are_is_never_taken_for_exported(store: Store) -> None:
    def add_and_export(_: int) -> int:
        number = add(store)
        seen = in_force(store)
        if seen:
            store.edits.export(seen[-1])
        return number

    numbers = at_once(16, add_and_export)
    assert in_force(store) == []
    assert sorted(numbers) == sorted(edit.id for edit in store.edits.list())
