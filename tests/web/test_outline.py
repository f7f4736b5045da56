"""An error as a log may show it."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as texts

from faqbot.errors import StoreError
from faqbot.web.outline import outline

SECRET = "my password is hunter2"


def caught(error: Exception, cause: BaseException | None = None) -> Exception:
    """Return an error as it is after it was raised."""
    with suppress(type(error)):
        raise error from cause
    return error


def endless(depth: int) -> None:
    endless(depth + 1)


@given(texts.text(min_size=8))
def test_the_text_of_an_error_is_left_out(text: str) -> None:
    assert outline(caught(ValueError(text))) == outline(caught(ValueError("")))


def test_it_says_what_and_where() -> None:
    kind, place = outline(caught(StoreError(SECRET))).splitlines()
    assert kind == "faqbot.errors.StoreError"
    assert place.startswith("  web/test_outline.py:")
    assert place.endswith(" in caught")


def test_what_it_came_of_follows() -> None:
    lines = outline(caught(StoreError(SECRET), caught(ValueError(SECRET)))).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["faqbot.errors.StoreError", "ValueError"]


def test_errors_that_came_of_each_other_end_somewhere() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert 2 <= len(outline(first).splitlines()) <= 10


def test_a_deep_error_is_shown_where_it_happened() -> None:
    try:
        endless(0)
    except RecursionError as error:
        lines = outline(error).splitlines()
    assert len(lines) == 31
    assert lines[-1].endswith(" in endless")
