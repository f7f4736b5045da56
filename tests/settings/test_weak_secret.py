"""Secrets of examples are refused, and those that a machine has made never are."""

import secrets
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.settings.weak_secret import SHORTEST, is_easy_to_guess, why_refused

DEFAULTS = [
    "changeme12345678",
    "change-me-please!!",
    "CHANGE_THIS_SECRET_KEY",
    "your-secret-key-here",
    "secretsecretsecret",
    "passwordpassword",
    "Secret-Password-123",
    "Replace this with a long random string",
    "insecure-default-key-for-development",
    "abababababababab",
    "----------------",
    "x" * 64,
]
GUESSABLE = [
    "this-is-a-secret-key",
    "my_super_secret_key_123456",
    "faqbot-secret-token",
    "0123456789abcdef",
    "abcdefghabcdefgha",
    "test-secret-0123456789",
]


@pytest.mark.parametrize("secret", DEFAULTS)
def test_a_secret_out_of_an_example_is_refused(secret: str) -> None:
    assert "stands in examples" in (why_refused(secret) or "")
    assert is_easy_to_guess(secret)


@pytest.mark.parametrize("secret", GUESSABLE)
def test_a_secret_that_is_easy_to_guess_is_seen_but_can_be_used(secret: str) -> None:
    assert is_easy_to_guess(secret)
    assert why_refused(secret) is None


@pytest.mark.parametrize("length", [0, 1, SHORTEST - 1])
def test_a_short_secret_is_weak(length: int) -> None:
    assert "too short: at least 16" in (why_refused("k3Jq8-zP0w_Tb5Xy"[:length]) or "")


@pytest.mark.parametrize("secret", ["correct horse battery", "k3Jq8-zP0w_Tb5Xy", "con mèo trèo cây cau"])
def test_a_secret_of_ones_own_will_do(secret: str) -> None:
    assert why_refused(secret) is None
    assert not is_easy_to_guess(secret)


@given(st.integers())
def test_what_a_machine_has_made_is_never_refused(seed: int) -> None:
    random = Random(seed)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for made in ("".join(random.choices(letters, k=43)), random.randbytes(16).hex()):
        assert why_refused(made) is None
        assert not is_easy_to_guess(made)


def test_the_way_that_is_told_makes_good_ones() -> None:
    assert why_refused(secrets.token_urlsafe(32)) is None


@given(st.text(max_size=64))
def test_the_reason_never_holds_the_secret(secret: str) -> None:
    reason = why_refused(f"@{secret}")
    assert reason is None or f"@{secret}" not in reason
