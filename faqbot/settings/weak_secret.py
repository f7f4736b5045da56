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
"""What people write where a secret is still to come, or in examples and tests."""
_DEFAULTS = re.compile(
    "changeme|changethis|changeit|pleasechange|replaceme|replacethis|replacewith|yoursecret|yourkey|yourtoken|yourpassword"
    "|placeholder|insecure|examplesecret|secretexample|defaultsecret|defaultkey|^(?:secret|password|passwd|token|key)+[0-9]*$"
)
"""What examples hold so that it is replaced, with letters and digits alone."""
HOW_TO_MAKE = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes a good one"


def why_refused(secret: str) -> str | None:
    """Return why a secret cannot be used, without a word of it; None if it can."""
    if len(secret) < SHORTEST:
        return f"is too short: at least {SHORTEST} characters are needed; {HOW_TO_MAKE}"
    if len(set(secret)) < _FEWEST or _DEFAULTS.search(_squeezed(secret)):
        return f"stands in examples, and so is known to everybody; {HOW_TO_MAKE}"
    return None


def is_easy_to_guess(secret: str) -> bool:
    """Return whether a secret repeats itself, or is of words that stand in examples, though it can be used."""
    return _repeats(secret) or _variety(secret) < _FEWEST


def _squeezed(secret: str) -> str:
    return re.sub(r"[\W_]+", "", secret.casefold())


def _repeats(secret: str) -> bool:
    """Return whether a secret is one piece over and over, the last time perhaps cut off."""
    return (secret + secret).find(secret[: len(secret) // 2 + 1], 1) <= len(secret) // 2


def _variety(secret: str) -> int:
    plain = re.sub(r"[\W_]+", " ", secret.casefold())
    return len(set(re.sub(r"\s", "", _WORDS.sub(" ", plain))))
