"""Which secrets somebody could guess: short ones, and those that stand in examples."""

import re

SHORTEST = 16
"""In characters."""
_FEWEST = 5
"""Different letters and digits that must be left once the words of examples are taken out."""
_WORDS = re.compile(
    "|".join(
        (
            *("0123456789", "123456789", "12345678", "123456", "1234", "abcdef", "qwerty", "asdf", "xxx"),
            *("changeme", "change", "replace", "insert", "please", "default", "example", "sample", "placeholder"),
            *("secret", "passphrase", "password", "passwd", "token", "signing", "session", "super", "very"),
            *("insecure", "unsafe", "development", "develop", "production", "testing", "test", "admin", "faqbot"),
            *("flask", "hello", "world", "value", "string", "random", "long", "your", "this", "here", "some", "with"),
            r"\b(?:a|an|and|at|dev|enter|for|in|is|it|key|least|make|me|must|my|of|prod|put|set|the|to|todo|use)\b",
            *("key", "pass"),
        )
    )
)
"""What people write where a secret is still to come."""
HOW_TO_MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes a good one"


def why_weak(secret: str) -> str | None:
    """Return why a secret cannot be used, without a word of it; None if it can."""
    if len(secret) < SHORTEST:
        return f"is too short: at least {SHORTEST} characters are needed; {HOW_TO_MAKE}"
    if _repeats(secret) or _variety(secret) < _FEWEST:
        return f"is easy to guess: it repeats itself, or is of words that stand in examples; {HOW_TO_MAKE}"
    return None


def _repeats(secret: str) -> bool:
    """Return whether a secret is one piece over and over, the last time perhaps cut off."""
    return (secret + secret).find(secret[: len(secret) // 2 + 1], 1) <= len(secret) // 2


def _variety(secret: str) -> int:
    plain = re.sub(r"[\W_]+", " ", secret.casefold())
    return len(set(re.sub(r"\s", "", _WORDS.sub(" ", plain))))
