"""Tickets as the fields of the JSON API."""

from datetime import datetime
from typing import Any

from faqbot.assistant import Assistant
from faqbot.helpdesk.draft import Proposal
from faqbot.helpdesk.transcript import Turn, transcript
from faqbot.store.store import Store
from faqbot.store.tickets import Entry, Ticket
from faqbot.wire import section_url


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
        "created": _at(ticket.created),
        "updated": _at(ticket.updated),
    }


def whole_ticket(store: Store, assistant: Assistant, ticket: Ticket) -> dict[str, Any]:
    """Return a ticket with its entries, and with what was said to the bot before.

    :raises StoreError: if the store is down.
    """
    return {
        **ticket_fields(ticket),
        "entries": [_entry(each) for each in store.tickets.entries(ticket.id)],
        "transcript": [_turn(each) for each in transcript(store, assistant.knowledge, ticket)],
    }


def proposal_fields(proposal: Proposal, language: str) -> dict[str, Any]:
    """Return a section that may answer."""
    key = proposal.section.key
    return {
        "document": key.document,
        "id": key.section,
        "title": proposal.title,
        "confidence": round(proposal.confidence, 4),
        "passage": proposal.passage,
        "url": section_url(key, language),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": str(entry.kind),
        "author": entry.author,
        "text": entry.text,
        "at": _at(entry.at),
    }


def _turn(turn: Turn) -> dict[str, Any]:
    exchange = turn.exchange
    section = turn.section and {
        "document": turn.section.document,
        "id": turn.section.section,
        "title": turn.title,
        "url": section_url(turn.section, exchange.language),
    }
    return {
        "at": _at(exchange.at),
        "question": exchange.question,
        "reply": exchange.reply,
        "kind": exchange.kind,
        "lang": exchange.language,
        "section": section,
        "confidence": round(exchange.confidence, 4),
    }


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
