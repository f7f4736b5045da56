"""What a notice is: something about a ticket that is on its way to another program."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """How far a notice is. One that has arrived is no longer kept."""

    WAITING = "waiting"
    DEAD = "dead"
    """Given up; somebody may send it again."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to send."""

    target: str
    """Who gets it."""
    event: str
    """What it is about, such as ``ticket.created``."""
    content: dict[str, Any]
    """As JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands."""

    id: int
    created: datetime
    """When it was put here, or sent again by somebody."""
    target: str
    event: str
    content: dict[str, Any]
    status: Stage
    attempts: int
    """Those that have begun."""
    next_attempt: datetime
    last_error: str | None
    """Why the last attempt failed; None before one has."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many notices there are."""

    waiting: int
    dead: int
