"""A server forgets what is old by itself."""

import threading
from datetime import timedelta

import pytest

from faqbot.errors import StoreDownError
from faqbot.store.column_types import now
from faqbot.store.retention import Purged
from faqbot.store.store import Store
from faqbot.store.tables import deliveries
from faqbot.store.upkeep import Upkeep
from tests.store.making import age, at_once, exchange

EVER = now() - timedelta(days=10_000)


def keep_old(store: Store, name: str = "old") -> None:
    store.exchanges.keep([exchange(name, at=now() - timedelta(days=91))])


def test_it_purges_once_a_day(store: Store) -> None:
    upkeep = Upkeep(store, 90)
    keep_old(store)
    assert upkeep.purge_if_due() == Purged(exchanges=1, tickets=0)
    keep_old(store)
    assert upkeep.purge_if_due() is None
    age(store, deliveries.c.at, days=1.1)
    assert upkeep.purge_if_due() == Purged(exchanges=1, tickets=0)


def test_of_several_replicas_one_purges(store: Store) -> None:
    keep_old(store)
    purged = at_once(8, lambda _: Upkeep(store, 90).purge_if_due())
    assert [each for each in purged if each] == [Purged(1, 0)]


def test_it_purges_at_the_start_and_looks_again_every_hour(store: Store) -> None:
    looked, seen = threading.Semaphore(0), []
    go_on = threading.Event()

    def pause(seconds: float) -> None:
        seen.append(seconds)
        looked.release()
        go_on.wait(10)

    keep_old(store)
    upkeep = Upkeep(store, 90, pause=pause)
    upkeep.start()
    assert looked.acquire(timeout=10)
    assert store.exchanges.since(EVER) == ()
    go_on.set()
    assert looked.acquire(timeout=10)
    upkeep.close()
    assert set(seen) == {3_600}


def test_it_tries_again_when_the_store_was_down(caplog: pytest.LogCaptureFixture) -> None:
    looked = threading.Semaphore(0)
    upkeep = Upkeep(Store("postgresql+psycopg://nobody@127.0.0.1:1/none"), 90, pause=lambda _: looked.release())
    with pytest.raises(StoreDownError):
        upkeep.purge_if_due()
    upkeep.start()
    assert all(looked.acquire(timeout=10) for _ in range(2))
    upkeep.close()
    assert "nothing is purged now: the store is down" in caplog.text
