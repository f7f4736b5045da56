"""One thread that writes exchanges, so that an answer never waits for the store."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from faqbot.errors import StoreDownError, StoreError
from faqbot.store.exchanges import Exchange
from faqbot.store.store import Store
from faqbot.store.writer import Watch, Writer
from tests.store.making import at_once, exchange

LONG_AGO = datetime.fromtimestamp(0, UTC)
LONG = 10.0
"""Seconds; no test takes as long."""


class Disk:
    """Takes exchanges while it is up and open, and refuses some for good."""

    def __init__(self) -> None:
        self.up = True
        self.open = threading.Event()
        self.open.set()
        self.poison: set[str] = set()
        self.refusal: Exception = StoreError("refused")
        self.batches: list[list[str]] = []
        self.tried = threading.Event()

    def write(self, batch: Sequence[Exchange]) -> None:
        self.tried.set()
        assert self.open.wait(LONG)
        if not self.up:
            raise StoreDownError("down")
        if self.poison & {each.id for each in batch}:
            raise self.refusal
        self.batches.append([each.id for each in batch])

    @property
    def written(self) -> list[str]:
        return [each for batch in self.batches for each in batch]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def writer(disk: Disk) -> Iterator[Writer]:
    with closing(Writer(disk.write)) as found:
        yield found


def put(writer: Writer, *names: object) -> None:
    for name in names:
        writer.put(exchange(str(name)))


def test_everything_is_written_in_order(writer: Writer, disk: Disk) -> None:
    put(writer, *range(1_000))
    assert writer.flush(LONG)
    assert disk.written == [str(number) for number in range(1_000)]
    assert (writer.waiting, writer.lost, writer.fault) == (0, 0, None)


def test_what_waits_is_written_together(writer: Writer, disk: Disk) -> None:
    disk.open.clear()
    put(writer, "first")
    assert disk.tried.wait(LONG)
    put(writer, *range(50))
    assert writer.waiting == 51
    disk.open.set()
    assert writer.flush(LONG)
    assert [len(batch) for batch in disk.batches] == [1, 50]


def test_putting_never_waits_and_what_is_too_much_is_counted(disk: Disk) -> None:
    with closing(Writer(disk.write, longest=3)) as writer:
        disk.open.clear()
        put(writer, "first")
        assert disk.tried.wait(LONG)
        put(writer, *range(10))
        assert (writer.waiting, writer.lost) == (4, 7)
        disk.open.set()
        assert writer.flush(LONG)
    assert disk.written == ["first", "0", "1", "2"]


def test_what_is_lost_by_many_threads_is_all_counted(disk: Disk) -> None:
    with closing(Writer(disk.write, longest=1)) as writer:
        disk.open.clear()
        put(writer, "first")
        assert disk.tried.wait(LONG)
        at_once(16, lambda number: put(writer, *range(100)))
        assert writer.lost == 1_599
        disk.open.set()


def test_it_goes_on_once_the_store_is_back(disk: Disk) -> None:
    seen: list[tuple[float, str | None]] = []

    def pause(seconds: float) -> None:
        seen.append((seconds, again.fault))
        disk.up = len(seen) == 3

    disk.up = False
    with closing(Writer(disk.write, pause=pause)) as again:
        put(again, "a", "b")
        assert again.flush(LONG)
        assert (sorted(disk.written), again.fault, again.lost) == (["a", "b"], None, 0)
    assert seen == [(1.0, "down")] * 3


def test_a_flush_gives_up_after_its_time(writer: Writer, disk: Disk) -> None:
    assert writer.flush(0)
    disk.open.clear()
    put(writer, "a")
    assert not writer.flush(0)
    assert not writer.flush(0.01)
    disk.open.set()
    assert writer.flush(LONG)


def test_a_flush_does_not_wait_for_a_store_that_is_down_unless_it_is_patient(writer: Writer, disk: Disk) -> None:
    disk.open.clear()
    disk.up = False
    put(writer, "a")
    with ThreadPoolExecutor(1) as pool:
        flushed = pool.submit(writer.flush, LONG, patient=False)
        disk.open.set()
        assert not flushed.result(LONG / 2)
    assert not writer.flush(LONG, patient=False)
    disk.up = True
    assert writer.flush(LONG)
    assert writer.flush(0, patient=False)


@pytest.mark.parametrize("refusal", [StoreError("refused"), OverflowError("what somebody wrote")])
def test_what_the_store_will_never_take_is_lost_alone(
    writer: Writer, disk: Disk, refusal: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    disk.refusal = refusal
    disk.poison = {"3", "7"}
    disk.open.clear()
    put(writer, *range(10))
    disk.open.set()
    assert writer.flush(LONG)
    assert disk.written == [str(number) for number in range(10) if number not in (3, 7)]
    assert (writer.lost, writer.fault) == (2, None)
    assert "what somebody wrote" not in caplog.text


def test_closing_writes_what_waits_and_ends_the_thread(disk: Disk) -> None:
    writer = Writer(disk.write)
    before = threading.active_count()
    put(writer, *range(100))
    writer.close()
    assert len(disk.written) == 100
    assert threading.active_count() == before


def test_closing_does_not_wait_for_a_store_that_stays_down(disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    disk.up = False
    writer = Writer(disk.write)
    before = threading.active_count()
    put(writer, "a", "b")
    writer.close(0.1)
    assert threading.active_count() == before
    assert "2 exchanges are lost: the store is down" in caplog.text


def test_what_comes_after_the_end_is_counted_as_lost(disk: Disk) -> None:
    writer = Writer(disk.write)
    writer.close()
    put(writer, "a")
    assert (writer.waiting, writer.lost, disk.written) == (0, 1, [])


def test_whoever_watches_is_told_what_waits_and_what_is_lost(disk: Disk) -> None:
    waiting, lost = list[int](), list[int]()
    disk.poison = {"a"}
    with closing(Writer(disk.write, watch=Watch(waiting.append, lost.append))) as writer:
        put(writer, "a", "b")
        assert writer.flush(LONG)
    assert (max(waiting) >= 1, waiting[-1], lost) == (True, 0, [1])


def test_no_text_of_an_exchange_is_logged(disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    disk.poison = {"a"}
    with closing(Writer(disk.write)) as writer:
        put(writer, "a")
        assert writer.flush(LONG)
    assert "an exchange is lost: refused" in caplog.text
    assert exchange().question not in caplog.text


def test_a_real_store_takes_what_was_put(store: Store) -> None:
    put(store.writer, *range(500))
    assert store.writer.flush(LONG)
    assert {each.id for each in store.exchanges.since(LONG_AGO)} == {str(number) for number in range(500)}
    assert store.status()[0] == "ok"


def test_a_real_store_loses_only_what_it_cannot_hold(store: Store) -> None:
    store.writer.put(exchange("bad", kind=None))
    put(store.writer, "good")
    assert store.writer.flush(LONG)
    assert [each.id for each in store.exchanges.of("talk")] == ["good"]
    assert store.writer.status()[1].endswith(", 1 lost")
