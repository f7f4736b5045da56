"""The sections that may answer a ticket, and a reply that is ready to be read over and sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.helpdesk.message import written
from faqbot.knowledge.model import Section, SectionKey
from faqbot.language.pack import language_pack
from faqbot.language.segments import segments
from faqbot.matching.matcher import Ranking
from faqbot.reply import language_notice

MOST_SECTIONS = 3
UNLIKELY = 0.25
"""Confidence under which no section is quoted in a draft that nobody chose a section for."""
_FEWEST_WORDS = 2
"""Words of meaning that a part of a ticket needs to be looked at by itself."""


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
    for ranking in _rankings(assistant, subject, body):
        for match in ranking.matches[:MOST_SECTIONS]:
            key = match.section.key
            if key not in best or match.confidence > best[key][0]:
                best[key] = (match.confidence, match.section, ranking)
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


def _rankings(assistant: Assistant, subject: str, body: str) -> Iterator[Ranking]:
    """Rank the sections for the whole ticket, for its subject and for each part of its text."""
    text = written(body)
    whole = "\n".join(filter(None, (subject.strip(), text)))
    parts = [whole, subject, *(segment.text for segment in segments(text))]
    for at, part in enumerate(dict.fromkeys(each.strip()[:LONGEST_MESSAGE].strip() for each in parts)):
        if not part:
            continue
        utterance = assistant.read(part)
        if at == 0 or sum(not word.function_word for word in utterance.tokens) >= _FEWEST_WORDS:
            yield assistant.matcher.rank(utterance)


def _proposal(assistant: Assistant, section: Section, ranking: Ranking, sure: float, language: str) -> Proposal:
    code, text = section.text_in(language)
    passage = assistant.passage(ranking, section, language)
    return Proposal(section, text.title, sure, passage, language_notice(language, code), text.text)
