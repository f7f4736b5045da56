"""Whether something answers, without waiting long for it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from faqbot.errors import StoreDownError
from faqbot.store.pulse import Pulse
from faqbot.store.store import Store
from tests.store.making import at_once

LONG = 10.0
"""Seconds; no test takes as long."""


class Patient:
    """Answers when it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = threading.Event()

    def answer(self) -> None:
        self.asked += 1
        assert self.go.wait(LONG)


def test_what_answers_is_well() -> None:
    assert Pulse(lambda: None).fault() is None


def test_what_fails_says_why_and_is_asked_anew() -> None:
    errors = iter([StoreDownError("the store is down (Gone)")])

    def check() -> None:
        for error in errors:
            raise error

    pulse = Pulse(check)
    assert [pulse.fault(), pulse.fault()] == ["the store is down (Gone)", None]


def test_what_does_not_answer_is_not_asked_again_before_it_does() -> None:
    patient = Patient()
    pulse = Pulse(patient.answer, seconds=0.01)
    assert {pulse.fault() for _ in range(5)} == {"the store does not answer within 0.01 s"}
    assert patient.asked == 1
    patient.go.set()
    assert Pulse(patient.answer, seconds=LONG).fault() is None


def test_all_who_ask_at_once_get_the_same_answer() -> None:
    patient = Patient()
    pulse = Pulse(patient.answer, seconds=LONG)

    def ask(number: int) -> str | None:
        if number == 7:
            patient.go.set()
        return pulse.fault()

    assert at_once(8, ask) == [None] * 8


@pytest.fixture
def silence() -> Iterator[socket.socket]:
    """A server that lets clients connect, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_store_whose_database_is_silent_says_so(silence: socket.socket) -> None:
    url = f"postgresql+psycopg://postgres@127.0.0.1:{silence.getsockname()[1]}/postgres"
    with closing(Store(url)) as store:
        status, reason = store.status()
    assert status == "degraded"
    assert reason == "the store does not answer within 2 s; 0 exchanges wait to be written"
