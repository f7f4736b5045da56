"""A notice that did not arrive waits longer after each attempt."""

from hypothesis import given
from hypothesis import strategies as st

from faqbot.store.retrying import FIRST_DELAY, LONGEST_DELAY, delay


@given(st.integers(1, 10**6))
def test_delays_grow_to_a_limit(attempts: int) -> None:
    assert FIRST_DELAY <= delay(attempts) <= delay(attempts + 1) <= LONGEST_DELAY
