"""Edits are made and taken back, with their gaps, and all of it is written down."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from faqbot.assistant import Question
from faqbot.errors import EditError
from faqbot.helpdesk.curation import Curator
from faqbot.live import LiveAssistant
from faqbot.store.store import Store
from tests.knowledge.editing import EVENINGS, LOANS, ROOMS

ROOM = Question("đặt phòng nhóm ra sao")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'data' / 'faqbot.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def live(library_folder: Path, store: Store) -> LiveAssistant:
    return LiveAssistant(library_folder, edits=store.edits)


@pytest.fixture
def curator(store: Store, live: LiveAssistant) -> Curator:
    return Curator(store, live, "mai")


def actions(store: Store) -> list[tuple[str, str, str]]:
    return [(deed.actor, deed.action, deed.subject) for deed in store.audit.list()]


def test_a_saved_edit_answers_at_once_until_it_is_taken_back(
    curator: Curator, live: LiveAssistant, store: Store
) -> None:
    number = curator.save(ROOMS, ["dat phong nhom ra sao"])
    assert str(live.current().ask(ROOM).section) == "guide/rooms"
    assert store.settled_gaps.all()["dat phong nhom ra sao"].edit == number
    assert curator.undo(number)
    assert str(live.current().ask(ROOM).section) != "guide/rooms"
    assert store.settled_gaps.all() == {}
    assert actions(store) == [("mai", "edit.undo", str(number)), ("mai", "edit.save", str(number))]


def test_an_edit_is_taken_back_once(curator: Curator, store: Store) -> None:
    number = curator.save(EVENINGS)
    assert [curator.undo(each) for each in (number, number, number + 1)] == [True, False, False]
    assert len(actions(store)) == 2


def test_an_edit_that_cannot_be_made_is_not_kept(curator: Curator, store: Store) -> None:
    with pytest.raises(EditError, match="already"):
        curator.save(replace(ROOMS, key=LOANS))
    assert store.edits.in_force() == ()
    assert actions(store) == []


def test_an_edit_may_not_take_the_place_of_one_in_force(curator: Curator) -> None:
    curator.save(ROOMS)
    with pytest.raises(EditError):
        curator.save(ROOMS)


def test_a_question_is_set_aside_and_taken_up_again(curator: Curator, store: Store) -> None:
    curator.dismiss(["co wifi khong", "wifi"])
    assert {each.edit for each in store.settled_gaps.all().values()} == {None}
    curator.reopen("wifi")
    curator.reopen("wifi")
    assert list(store.settled_gaps.all()) == ["co wifi khong"]
    assert actions(store) == [("mai", "gap.reopen", "wifi"), ("mai", "gap.dismiss", "co wifi khong")]
