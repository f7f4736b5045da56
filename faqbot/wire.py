"""A reply as the fields that other programs read: the names are those of the HTTP API."""

from typing import Any
from urllib.parse import quote

import numpy as np

from faqbot.assistant import Assistant
from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES
from faqbot.matching.evidence import OWNER_EVIDENCE
from faqbot.matching.matcher import Match, Ranking
from faqbot.reply import Conversation, Reply
from faqbot.safe_html import safe_html


def section_url(key: SectionKey, language: str) -> str:
    """Return the path of a section's page."""
    return f"/kb/{quote(key.document)}/{quote(key.section)}?lang={language}"


def reply_fields(reply: Reply) -> dict[str, Any]:
    """Return a reply's fields, but for those that need a conversation on the server."""
    return {
        "kind": str(reply.kind),
        "lang": reply.language,
        "text": reply.text,
        "html": safe_html(reply.html),
        "section": _section(reply),
        "passage": reply.passage,
        "confidence": round(reply.confidence, 4),
        "suggestions": [
            {
                "document": suggestion.key.document,
                "id": suggestion.key.section,
                "title": suggestion.title,
                "confidence": round(suggestion.confidence, 4),
            }
            for suggestion in reply.suggestions
        ],
        "offers_person": reply.offers_person,
    }


def _section(reply: Reply) -> dict[str, str] | None:
    if reply.section is None or reply.title is None:
        return None
    return {
        "document": reply.section.document,
        "id": reply.section.section,
        "title": reply.title,
        "url": section_url(reply.section, reply.language),
    }


def conversation_fields(conversation: Conversation) -> dict[str, Any]:
    """Return what a conversation is kept as between two messages; ``conversation_of`` reads it."""
    section = conversation.section
    return {
        "l": conversation.language,
        "s": [section.document, section.section] if section else None,
        "c": conversation.clarified,
        "o": [[key.document, key.section] for key in conversation.offered],
        "i": conversation.id,
    }


def conversation_of(fields: Any) -> Conversation | None:
    """Return the conversation of such fields; None if they are not what ``conversation_fields`` makes."""
    try:
        section = SectionKey(*fields["s"]) if fields["s"] else None
        language = fields["l"] if fields["l"] in LANGUAGES else LANGUAGES[0]
        offered = tuple(SectionKey(*key) for key in fields["o"])
        return Conversation(language, section, bool(fields["c"]), offered, str(fields.get("i", "")))
    except (KeyError, TypeError):
        return None


def search_result(
    assistant: Assistant, ranking: Ranking, match: Match, language: str, *, explain: bool
) -> dict[str, Any]:
    """Return one search result's fields; with ``explain`` also what it scored on."""
    _, text = match.section.text_in(language)
    fields: dict[str, Any] = {
        "document": match.section.key.document,
        "id": match.section.key.section,
        "title": text.title,
        "score": round(match.confidence, 4),
        "passage": assistant.passage(ranking, match.section, language),
        "url": section_url(match.section.key, language),
    }
    if explain:
        fields["explain"] = explanation(assistant, ranking, match)
    return fields


def explanation(assistant: Assistant, ranking: Ranking, match: Match) -> dict[str, Any]:
    """Say what a section scored on: each piece of evidence, and its share in the score (evidence times weight)."""
    evidence = ranking.evidence
    at = np.flatnonzero(evidence.candidates == assistant.matcher.index.rows[str(match.section.key)])
    row = evidence.owners[at[0]] if len(at) else np.zeros(len(OWNER_EVIDENCE))
    weights = assistant.matcher.weights.owner
    return {
        "words": [token.text for token in ranking.utterance.tokens],
        "changes": [list(change) for change in ranking.utterance.changes],
        "concepts": list(evidence.concepts),
        "unfamiliar": list(evidence.unfamiliar),
        "exact": ranking.exact,
        "evidence": {
            name: {"value": round(float(value), 3), "score": round(float(value * weight), 3)}
            for name, value, weight in zip(OWNER_EVIDENCE, row, weights, strict=True)
            if value
        },
    }
