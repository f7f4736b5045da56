"""What others are told about."""

from enum import StrEnum


class Event(StrEnum):
    """What others are told about a ticket."""

    CREATED = "ticket.created"
    REPLIED = "ticket.replied"
    """By an agent."""
    SOLVED = "ticket.solved"
