"""How tests look at an installation."""

from collections.abc import Callable, Iterator, Sequence

from faqbot.doctor.examine import installation
from faqbot.doctor.finding import Finding, Installation

Look = Callable[[Installation], Iterator[Finding]]


def look(check: Look, **environ: object) -> list[Finding]:
    """Return what a check finds; variables are given without ``FAQBOT_``."""
    return list(check(installation({f"FAQBOT_{name}": str(value) for name, value in environ.items()})))


def levels(found: Sequence[Finding]) -> list[str]:
    """Return how bad each is; what is not well says what to do."""
    assert all(bool(each.advice) == (each.level != "ok") for each in found)
    return [str(each.level) for each in found]
