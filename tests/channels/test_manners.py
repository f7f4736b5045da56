"""The small rules: how many replies a minute, what is known already, what is a Slack signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.channels.cap import Cap
from faqbot.channels.once import Once
from faqbot.channels.signature import Signature
from tests.channels.ports import Remembered
from tests.channels.requests import NOW, SIGNING_SECRET, signed


@given(st.lists(st.floats(0, 200), max_size=40).map(sorted), st.integers(1, 5))
def test_no_minute_has_more_replies_than_are_allowed(moments: list[float], most: int) -> None:
    now = [0.0]
    cap = Cap(most, lambda: now[0])
    taken = []
    for moment in moments:
        now[0] = moment
        if cap.take("C1"):
            taken.append(moment)
    assert all(sum(first <= other < first + 60 for other in taken) <= most for first in taken)


def test_each_channel_counts_for_itself() -> None:
    cap = Cap(1, lambda: 0.0)
    assert [cap.take("C1"), cap.take("C1"), cap.take("C2")] == [True, False, True]


def test_a_message_is_known_by_any_of_its_ids() -> None:
    once = Once(Remembered())
    assert once.first("slack", ["e1", "m1"])
    assert not once.first("slack", ["e2", "m1"])
    assert not once.first("slack", ["e2"])
    assert once.first("hook", ["e1"])


@pytest.mark.parametrize("down", [False, True])
def test_what_is_forgotten_is_dealt_with_again(down: bool) -> None:
    once = Once(Remembered(down=down))
    assert [once.first("slack", ["e1"]), once.first("slack", ["e1"])] == [True, False]
    once.forget("slack", ["e1"])
    assert once.first("slack", ["e1"])


def test_what_has_no_id_is_always_new() -> None:
    once = Once(Remembered())
    assert [once.first("hook", []), once.first("hook", [])] == [True, True]


@given(st.binary(max_size=50), st.text(max_size=70), st.text(max_size=15))
def test_no_other_signature_fits(body: bytes, signature: str, timestamp: str) -> None:
    assert not Signature(SIGNING_SECRET, lambda: NOW).fits(body, timestamp, signature)
    assert not Signature(SIGNING_SECRET, lambda: NOW).fits(body, str(int(NOW)), signature)


@given(st.binary(max_size=50), st.integers(-300, 300))
def test_every_signature_of_the_last_five_minutes_fits(body: bytes, age: int) -> None:
    headers = signed(body, NOW - age)
    fits = Signature(SIGNING_SECRET, lambda: NOW).fits
    assert fits(body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
    assert not fits(body + b"x", headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(one: str, other: str) -> bool:
        compared.append(other)
        return False

    monkeypatch.setattr("hmac.compare_digest", compare)
    headers = signed(b"x")
    fits = Signature(SIGNING_SECRET, lambda: NOW).fits
    assert not fits(b"x", headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
    assert compared == [headers["X-Slack-Signature"]]
