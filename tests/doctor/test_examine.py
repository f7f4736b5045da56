"""Each check is made for itself, whatever becomes of the others, and none for ever."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from faqbot.doctor.checks import CHECKS
from faqbot.doctor.examine import examine, installation
from faqbot.doctor.finding import Check, Finding, Installation, ok
from faqbot.errors import StoreDownError
from tests.doctor.looking import levels

SECRET = "k3Jq8-zP0w_Tb5Xy"
WELL = Check("well", lambda found: iter([ok("well", "all is well")]))


def failing(error: Exception) -> Check:
    def look(found: Installation) -> Iterator[Finding]:
        yield ok("first", "well so far")
        raise error

    return Check("failing", look)


def test_a_check_that_fails_does_not_stop_the_others_and_tells_no_secret() -> None:
    checks = (failing(StoreDownError("the store is down")), failing(RuntimeError(SECRET)), WELL)
    found = list(examine(installation({}), checks))
    assert levels(found) == ["fault", "fault", "ok"]
    assert [each.found for each in found[:2]] == ["the store is down", "unexpected RuntimeError"]
    assert SECRET not in repr(found)


@pytest.fixture
def released() -> Iterator[Callable[[], object]]:
    """What a check may wait for until the test ends."""
    event = Event()
    yield event.wait
    event.set()


def test_a_check_that_hangs_is_left(released: Callable[[], object]) -> None:
    def look(found: Installation) -> Iterator[Finding]:
        released()
        yield ok("late", "nobody is waiting any more")

    found = list(examine(installation({}), (Check("hanging", look), WELL), seconds=0.01))
    assert levels(found) == ["fault", "ok"]
    assert found[0].found == "no result after 0.01 seconds"


def test_what_needs_a_variable_that_is_wrong_is_not_looked_at() -> None:
    def look(found: Installation) -> Iterator[Finding]:
        raise AssertionError

    found = list(
        examine(installation({"FAQBOT_RETENTION_DAYS": "0"}), (Check("days", look, ("FAQBOT_RETENTION_DAYS",)),))
    )
    assert (levels(found), found[0].found) == (["ok"], "not looked at, since FAQBOT_RETENTION_DAYS cannot be used")


def test_every_variable_that_a_check_needs_means_something() -> None:
    asked = installation({}).asked
    assert {name for check in CHECKS for name in check.needs} <= asked
    assert len({check.name for check in CHECKS}) == len(CHECKS)
