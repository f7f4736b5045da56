"""What a look at an installation finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from faqbot.settings import Settings


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and should be otherwise."""
    FAULT = "fault"
    """Something does not work, or is open to everybody."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    level: Level
    where: str
    """A variable, a file, or a part of the server."""
    found: str
    """Without a secret."""
    advice: str = ""
    """What to do; "" where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What is looked at."""

    settings: Settings
    environ: Mapping[str, str]
    faults: Mapping[str, str]
    """What is wrong with variables, by name; their settings have their defaults."""
    asked: frozenset[str]
    """Variables that mean something."""


@dataclass(frozen=True, slots=True)
class Check:
    """One look at an installation. It changes nothing."""

    name: str
    look: Callable[[Installation], Iterator[Finding]]
    needs: tuple[str, ...] = ()
    """Variables without which there is nothing to look at, should they be wrong."""


def ok(where: str, found: str) -> Finding:
    """Return that all is well."""
    return Finding(Level.OK, where, found)


def warning(where: str, found: str, advice: str) -> Finding:
    """Return what should be otherwise."""
    return Finding(Level.WARNING, where, found, advice)


def fault(where: str, found: str, advice: str) -> Finding:
    """Return what does not work."""
    return Finding(Level.FAULT, where, found, advice)
