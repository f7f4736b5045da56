"""Ask something that may not answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from faqbot.errors import StoreError
from faqbot.web.probe import Probe

LONG = 60.0


class Slow:
    """Answers when it may."""

    def __init__(self) -> None:
        self.may = Event()
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        assert self.may.wait(LONG)
        return f"answer {self.asked}"


@pytest.fixture
def slow() -> Iterator[Slow]:
    found = Slow()
    yield found
    found.may.set()


def test_an_answer_is_given(slow: Slow) -> None:
    slow.may.set()
    probe = Probe(slow, "late", seconds=LONG)
    assert [probe(), probe()] == ["answer 1", "answer 2"]


def test_nobody_waits_for_what_does_not_answer(slow: Slow) -> None:
    probe = Probe(slow, "late", seconds=0.01)
    assert [probe(), probe(), probe()] == ["late"] * 3
    assert slow.asked == 1


def test_an_answer_that_comes_late_is_that_of_whoever_asks_meanwhile(slow: Slow) -> None:
    impatient, probe = Probe(slow, "late", seconds=0.01), Probe(slow, "late", seconds=LONG)
    assert impatient() == "late"
    with ThreadPoolExecutor(4) as people:
        answers = [people.submit(probe) for _ in range(4)]
        slow.may.set()
        assert {"late"}.isdisjoint(each.result(LONG) for each in answers)


def test_what_asking_raises_is_raised() -> None:
    def refuse() -> str:
        raise StoreError("the store is down")

    with pytest.raises(StoreError, match="is down"):
        Probe(refuse, "late", seconds=LONG)()
