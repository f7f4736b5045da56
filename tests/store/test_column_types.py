"""Every database gives back what it was given."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from faqbot.store.column_types import Moment, Words, now
from faqbot.store.store import Store
from tests.store.making import exchange

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
BEFORE, AFTER = datetime(1, 1, 2), datetime(9999, 12, 30)
ZONES = st.timezones() | st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-1439, 1439))
_DIALECT = sqlite.dialect()


def kept(words: str) -> str:
    """Return a text as it is after it was stored."""
    return Words().process_bind_param(words, _DIALECT) or ""


@given(st.datetimes(BEFORE, AFTER, timezones=ZONES))
def test_a_moment_is_kept_to_the_microsecond(moment: datetime) -> None:
    stored = Moment().process_bind_param(moment, _DIALECT)
    assert Moment().process_result_value(stored, _DIALECT) == moment.astimezone(UTC)


@given(st.datetimes(BEFORE, AFTER), st.datetimes(BEFORE, AFTER))
def test_stored_moments_sort_as_moments_do(first: datetime, second: datetime) -> None:
    stored = [Moment().process_bind_param(each.replace(tzinfo=UTC), _DIALECT) or 0 for each in (first, second)]
    assert (stored[0] < stored[1]) == (first < second)


@given(ANY_TEXT)
def test_storing_what_was_stored_changes_nothing(words: str) -> None:
    assert kept(kept(words)) == kept(words)
    assert len(kept(words)) == len(words)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_only_what_no_database_holds_is_replaced(words: str) -> None:
    assert kept(words) == words


def test_nothing_stays_nothing() -> None:
    assert Moment().process_bind_param(None, _DIALECT) is None
    assert Moment().process_result_value(None, _DIALECT) is None
    assert Words().process_bind_param(None, _DIALECT) is None


@pytest.mark.parametrize("words", ["a\0b", "\ud800", "mật khẩu 🎉", "a'; DROP TABLE exchanges; --", "\\u0000"])
def test_any_text_can_be_stored_and_found(store: Store, words: str) -> None:
    store.exchanges.keep([exchange(conversation=words, question=words)])
    assert [each.question for each in store.exchanges.of(words)] == [kept(words)]


@pytest.mark.parametrize("content", ["a\0b", "\ud800", {"vi": ["đ", None, 1.5, True]}, [], None])
def test_an_edit_is_kept_with_any_content(store: Store, content: object) -> None:
    store.edits.add("question", {"content": content}, author="lan")
    assert store.edits.in_force()[0].content == {"content": content}


def test_a_moment_comes_back_from_the_database_in_utc(store: Store) -> None:
    moment = now()
    store.exchanges.keep([exchange(at=moment)])
    found = store.exchanges.of("talk")[0].at
    assert (found, found.tzinfo) == (moment, UTC)
