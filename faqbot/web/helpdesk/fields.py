"""Tickets as the fields of the JSON API."""

from typing import Any

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.helpdesk.draft import Proposal
from faqbot.helpdesk.fields import exchange_fields, moment, ticket_fields
from faqbot.helpdesk.gaps import Gap
from faqbot.helpdesk.transcript import Turn, transcript
from faqbot.matching.matcher import Match
from faqbot.store.store import Store
from faqbot.store.ticket import Entry, Ticket
from faqbot.wire import section_url

_NEAREST = 3
_MOST_WORDINGS = 20


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
        "at": moment(entry.at),
    }


def _turn(turn: Turn) -> dict[str, Any]:
    exchange = turn.exchange
    section = turn.section and {
        "document": turn.section.document,
        "id": turn.section.section,
        "title": turn.title,
        "url": section_url(turn.section, exchange.language),
    }
    return exchange_fields(exchange, section)


def gap_fields(gap: Gap, assistant: Assistant) -> dict[str, Any]:
    """Return missed questions that say about the same, with the sections that come nearest."""
    near = assistant.search(gap.question[:LONGEST_MESSAGE]).matches[:_NEAREST]
    return {
        "id": gap.key,
        "question": gap.question,
        "lang": gap.language,
        "count": gap.count,
        "reasons": {str(reason): count for reason, count in gap.reasons.items()},
        "last_week": gap.last_week,
        "week_before": gap.week_before,
        "last": moment(gap.last),
        "wordings": list(gap.wordings[:_MOST_WORDINGS]),
        "sections": [_near(match, gap.language) for match in near],
    }


def _near(match: Match, language: str) -> dict[str, Any]:
    key = match.section.key
    title = match.section.text_in(language)[1].title
    return {"document": key.document, "id": key.section, "title": title, "confidence": round(match.confidence, 4)}
