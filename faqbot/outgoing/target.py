"""Programs that are told about tickets."""

from dataclasses import dataclass, field
from enum import StrEnum

from faqbot.outgoing.event import Event


class Kind(StrEnum):
    """What a target understands."""

    PLAIN = "plain"
    """Our own JSON, signed."""
    ZAMMAD = "zammad"
    FRESHDESK = "freshdesk"


ENDPOINTS = {Kind.PLAIN: "", Kind.ZAMMAD: "/api/v1/tickets", Kind.FRESHDESK: "/api/v2/tickets"}
"""Where a kind of program takes tickets, below its own address."""
EVENTS = {Kind.PLAIN: tuple(Event), Kind.ZAMMAD: (Event.CREATED,), Kind.FRESHDESK: (Event.CREATED,)}
"""What a kind of program can be told about."""


@dataclass(frozen=True, slots=True)
class Target:
    """A program that is told about tickets."""

    name: str
    """Of lower-case letters, digits and hyphens."""
    kind: Kind
    url: str = field(repr=False)
    """Whole, up to the endpoint; its query may hold a token."""
    events: tuple[Event, ...]
    secret: str = field(repr=False)
    """Signs our own JSON; for other kinds, the token or key of their API."""
    group: str = ""
    """Group that gets the tickets: its name for Zammad, its number for Freshdesk, where "" leaves it open."""
    customer: str = ""
    """E-mail address of the customer to file tickets under where the person left none."""
    allow_private: bool = False
    """Whether the address may be private, and without TLS."""
