"""While the database cannot be reached, one caller at a time finds out whether it still cannot."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from faqbot.errors import StoreDownError, StoreError
from faqbot.store.database import Database
from faqbot.store.outage import Outage

LONG = 10.0
"""Seconds; no test takes as long."""


@pytest.fixture
def outage() -> Outage:
    return Outage()


def fail(outage: Outage, error: Exception) -> None:
    with pytest.raises(type(error)), outage.connecting():
        raise error


@contextmanager
def somebody_tries(outage: Outage, ends: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Somebody is connecting while the block runs, and is done, or fails, when it ends."""
    trying, enough = threading.Event(), threading.Event()

    def connect() -> None:
        with outage.connecting():
            trying.set()
            assert enough.wait(LONG)
            ends()

    with ThreadPoolExecutor(1) as pool:
        attempt = pool.submit(connect)
        assert trying.wait(LONG)
        try:
            yield
        finally:
            enough.set()
        attempt.exception(LONG)


def test_all_may_connect_while_nothing_is_known_to_be_wrong(outage: Outage) -> None:
    with somebody_tries(outage), outage.connecting():
        outage.refuse_if_known()


def test_while_one_tries_again_the_others_are_refused_at_once(outage: Outage) -> None:
    fail(outage, StoreDownError("the store is down (Gone)"))
    with somebody_tries(outage):
        with pytest.raises(StoreDownError, match=r"^the store is down \(Gone\)$"), outage.connecting():
            pytest.fail("it was let through")
        with pytest.raises(StoreDownError):
            outage.refuse_if_known()


def test_when_it_has_failed_again_another_may_try(outage: Outage) -> None:
    fail(outage, StoreDownError("down"))
    fail(outage, StoreDownError("down still"))
    outage.refuse_if_known()
    with somebody_tries(outage), pytest.raises(StoreDownError, match="down still"), outage.connecting():
        pass


def test_when_one_has_connected_all_may(outage: Outage) -> None:
    fail(outage, StoreDownError("down"))
    with outage.connecting():
        pass
    with somebody_tries(outage), outage.connecting():
        pass


def test_what_a_database_refuses_is_no_outage(outage: Outage) -> None:
    fail(outage, StoreError("refused"))
    with somebody_tries(outage), outage.connecting():
        pass


@pytest.fixture
def silence() -> Iterator[socket.socket]:
    """A server that lets clients connect, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(LONG)
        yield server


def test_one_caller_waits_for_a_silent_database_and_the_others_do_not(silence: socket.socket) -> None:
    port = silence.getsockname()[1]
    database = Database(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres")

    def read() -> None:
        with database.reading():
            pytest.fail("it was reached")

    with closing(database), ThreadPoolExecutor(1) as pool:
        with pytest.raises(StoreDownError):
            read()
        silence.accept()[0].close()
        waiting = pool.submit(read)
        connection, _ = silence.accept()
        with connection:
            for _ in range(20):
                with pytest.raises(StoreDownError):
                    read()
            assert not waiting.done()
        assert isinstance(waiting.exception(LONG), StoreDownError)
