"""A ticket and its transcript as fields that other programs read: in the JSON API, and in notices."""

from datetime import datetime
from typing import Any

from faqbot.store.exchanges import Exchange
from faqbot.store.ticket import Ticket


def ticket_fields(ticket: Ticket) -> dict[str, Any]:
    """Return how a ticket stands."""
    return {
        "id": ticket.id,
        "status": str(ticket.status),
        "subject": ticket.subject,
        "lang": ticket.language,
        "channel": ticket.channel,
        "name": ticket.name,
        "contact": ticket.contact,
        "assignee": ticket.assignee,
        "created": moment(ticket.created),
        "updated": moment(ticket.updated),
    }


def exchange_fields(exchange: Exchange, section: Any) -> dict[str, Any]:
    """Return a message to the bot with its reply; ``section`` is what is said of the section that answered."""
    return {
        "at": moment(exchange.at),
        "question": exchange.question,
        "reply": exchange.reply,
        "kind": exchange.kind,
        "lang": exchange.language,
        "section": section,
        "confidence": round(exchange.confidence, 4),
    }


def moment(at: datetime) -> str:
    """Return a point in time as ISO 8601 has it, to the second."""
    return at.isoformat(timespec="seconds")
