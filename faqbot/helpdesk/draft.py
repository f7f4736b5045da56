"""The sections that may answer a ticket, and a reply that is ready to be read over and sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.helpdesk.message import without_pleas, written
from faqbot.knowledge.model import Section, SectionKey
from faqbot.language.pack import language_pack
from faqbot.language.segments import segments
from faqbot.matching.matcher import Ranking
from faqbot.reply.quotation import language_notice

MOST_SECTIONS = 3
UNLIKELY = 0.35
"""Confidence under which no section is quoted in a draft that nobody chose a section for."""
_FEWEST_WORDS = 2
"""Words of meaning, apart from pleas, that a part of a ticket needs to be looked at."""
_PARTS_OF_A_LONG_ONE = 3
_LONG = 0.3
"""What the ranking of a whole long ticket counts: it holds words of everything, and so looks surer than it is."""
_SUBJECT = 0.9
_IN_A_STORY = 0.7
"""What the ranking of a sentence counts where no sentence of a long ticket asks."""
_BESIDE_A_QUESTION = 0.5
"""What the ranking of a sentence counts that asks nothing, where another one asks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A section that may answer a ticket."""

    section: Section
    title: str
    confidence: float
    """Probability that it answers, 0 to 1, by the part of the ticket that speaks for it most."""
    passage: str | None
    """The sentence or list item of it that answers, word for word; None when the whole section does."""
    notice: str
    """That the section is not there in the requester's language; "" where it is."""
    text: str
    """The section, in plain text."""


def proposals(assistant: Assistant, subject: str, body: str, language: str) -> tuple[Proposal, ...]:
    """Return at most three sections for a ticket, the best first; none if there is nothing to read in it.

    The ticket is read as a whole, and each of its parts by itself: in a long and messy one, a single sentence asks.

    :param language: In which the requester is answered.
    """
    best: dict[SectionKey, tuple[float, Section, Ranking]] = {}
    for ranking, weight in _rankings(assistant, subject, body):
        for match in ranking.matches[:MOST_SECTIONS]:
            key, sure = match.section.key, match.confidence * weight
            if key not in best or sure > best[key][0]:
                best[key] = (sure, match.section, ranking)
    ordered = sorted(best.values(), key=lambda each: -each[0])[:MOST_SECTIONS]
    return tuple(_proposal(assistant, section, ranking, sure, language) for sure, section, ranking in ordered)


def draft(proposal: Proposal, language: str, name: str | None = None) -> str:
    """Return a reply that quotes a section, from the greeting to the last sentence."""
    quoted = [proposal.notice, proposal.passage or "", f"{proposal.title}\n{proposal.text}"]
    return _letter([language_pack(language).say("draft_opening"), *filter(None, quoted)], language, name)


def ready_draft(found: tuple[Proposal, ...], language: str, name: str | None = None) -> str:
    """Return a reply with the best section; where none is likely, one that promises to look into it."""
    if not found or found[0].confidence < UNLIKELY:
        return _letter([language_pack(language).say("draft_unknown")], language, name)
    return draft(found[0], language, name)


def _letter(paragraphs: list[str], language: str, name: str | None) -> str:
    pack = language_pack(language)
    greeting = pack.say("draft_greeting_name", requester=" ".join(name.split())) if name else pack.say("draft_greeting")
    return "\n\n".join([greeting, *paragraphs, pack.say("draft_closing")])


def _rankings(assistant: Assistant, subject: str, body: str) -> Iterator[tuple[Ranking, float]]:
    """Rank the sections for a ticket as a whole and for its parts; each ranking with what it counts, 0 to 1."""
    text = written(body)
    whole = "\n".join(filter(None, (subject.strip(), text)))
    parts = segments(text)
    long = len(parts) >= _PARTS_OF_A_LONG_ONE
    told = _BESIDE_A_QUESTION if any(part.asks for part in parts) else _IN_A_STORY if long else 1.0
    weights = {whole: _LONG if long else 1.0, subject: _SUBJECT}
    weights |= {part.text: 1.0 if part.asks else told for part in parts}
    for part, weight in weights.items():
        trimmed = part.strip()[:LONGEST_MESSAGE].strip()
        if not trimmed:
            continue
        utterance = assistant.read(trimmed)
        rest = without_pleas(utterance.tokens)
        if part == whole or sum(not word.function_word for word in rest) >= _FEWEST_WORDS:
            yield assistant.matcher.rank(replace(utterance, tokens=rest)), weight


def _proposal(assistant: Assistant, section: Section, ranking: Ranking, sure: float, language: str) -> Proposal:
    code, text = section.text_in(language)
    passage = assistant.passage(ranking, section, language)
    return Proposal(section, text.title, sure, passage, language_notice(language, code), text.text)
