"""Each delivery is dealt with once."""

from faqbot.store.store import Store
from faqbot.store.tables import deliveries
from tests.store.making import age, at_once


def test_a_delivery_is_the_first_once(store: Store) -> None:
    assert [store.deliveries.first("slack", "Ev1") for _ in range(3)] == [True, False, False]
    assert store.deliveries.first("slack", "Ev2")
    assert store.deliveries.first("zulip", "Ev1")


def test_of_many_at_the_same_time_one_is_the_first(store: Store) -> None:
    for delivery in ("one", "two", "three"):
        assert sum(at_once(16, lambda _, name=delivery: store.deliveries.first("slack", name))) == 1  # type: ignore[misc]


def test_a_delivery_that_is_forgotten_can_come_again(store: Store) -> None:
    store.deliveries.first("slack", "Ev1")
    store.deliveries.first("zulip", "Ev1")
    store.deliveries.forget("slack", "Ev1")
    assert store.deliveries.first("slack", "Ev1")
    assert not store.deliveries.first("zulip", "Ev1")


def test_a_delivery_is_remembered_for_a_day(store: Store) -> None:
    store.deliveries.first("slack", "Ev1")
    age(store, deliveries.c.at, days=0.99)
    assert not store.deliveries.first("slack", "Ev1")
    age(store, deliveries.c.at, days=1.01)
    assert store.deliveries.first("slack", "Ev1")


def test_odd_ids_are_ids_too(store: Store) -> None:
    for odd in ("", "'; --", "a\0b", "\ud800", "x" * 2_000):
        assert [store.deliveries.first(odd, odd) for _ in range(2)] == [True, False]
