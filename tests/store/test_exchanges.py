"""What was asked, and what people thought of the replies."""

from datetime import UTC, datetime, timedelta

from faqbot.store.column_types import now
from faqbot.store.exchanges import LONGEST_CONVERSATION, Verdict
from faqbot.store.store import Store
from tests.store.making import at_once, exchange

START = datetime(2024, 5, 1, tzinfo=UTC)


def verdict(name: str = "first", helpful: bool = True, comment: str | None = None) -> Verdict:
    return Verdict(name, now(), helpful, comment)


def test_an_exchange_comes_back_as_it_was_kept(store: Store) -> None:
    kept = exchange(section=None, offered=(), confidence=0.123456789)
    store.exchanges.keep([kept])
    assert store.exchanges.of("talk") == (kept,)


def test_a_conversation_comes_in_order_and_alone(store: Store) -> None:
    second, first = (exchange(name, at=START + timedelta(seconds=at)) for name, at in (("a", 2), ("b", 1)))
    store.exchanges.keep([second, first, exchange("c", conversation="other")])
    assert store.exchanges.of("talk") == (first, second)
    assert store.exchanges.of("unknown") == ()


def test_of_an_endless_conversation_the_end_is_read(store: Store) -> None:
    made = [exchange(f"{at:03}", at=START + timedelta(seconds=at)) for at in range(LONGEST_CONVERSATION + 5)]
    store.exchanges.keep(made)
    assert store.exchanges.of("talk") == tuple(made[5:])


def test_keeping_an_exchange_again_changes_nothing(store: Store) -> None:
    first = exchange()
    store.exchanges.keep([first])
    store.exchanges.keep([exchange(question="something else"), exchange("second")])
    assert [each.id for each in store.exchanges.since(START)] == ["first", "second"]
    assert store.exchanges.of("talk")[0] == first


def test_keeping_nothing_is_fine(store: Store) -> None:
    store.exchanges.keep([])
    assert store.exchanges.since(START) == ()


def test_what_was_asked_from_a_moment_on_includes_that_moment(store: Store) -> None:
    store.exchanges.keep([exchange(name, at=START + timedelta(microseconds=n)) for n, name in enumerate("abc")])
    assert [each.id for each in store.exchanges.since(START + timedelta(microseconds=1))] == ["b", "c"]


def test_a_verdict_on_an_unknown_reply_is_refused(store: Store) -> None:
    assert store.feedback.give(verdict("unknown")) is False


def test_the_last_verdict_counts(store: Store) -> None:
    store.exchanges.keep([exchange()])
    last = verdict(helpful=False, comment="không đúng")
    assert store.feedback.give(verdict()) is True
    assert store.feedback.give(last) is True
    assert store.feedback.since(START) == {"first": last}


def test_verdicts_go_by_when_the_reply_was_given(store: Store) -> None:
    store.exchanges.keep([exchange(at=START)])
    store.feedback.give(verdict())
    assert store.feedback.since(START + timedelta(seconds=1)) == {}


def test_verdicts_at_the_same_time_end_with_one(store: Store) -> None:
    store.exchanges.keep([exchange()])
    comments = [f"comment {number}" for number in range(16)]
    assert all(at_once(16, lambda number: store.feedback.give(verdict(comment=comments[number]))))
    assert store.feedback.since(START)["first"].comment in comments
