"""Answer, ask back, or say that the knowledge does not cover it."""

from dataclasses import dataclass
from enum import StrEnum

from faqbot.knowledge.model import Topic
from faqbot.matching.calibration import Thresholds
from faqbot.matching.matcher import Match, Ranking

MOST_SUGGESTIONS = 3
_WORTH_SUGGESTING = 0.05


class Kind(StrEnum):
    """What a reply is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    DECLINE = "decline"
    SMALL_TALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a message."""

    kind: Kind
    """Never small talk: that is recognised before anything is ranked."""
    matches: tuple[Match, ...]
    """For an answer the section that answers; else up to three sections to offer, the likeliest first."""
    topic: Topic | None = None
    """For a decline, the topic whose reply says why; None where nothing is known of it."""


def decide(ranking: Ranking, thresholds: Thresholds) -> Decision:
    """Decide by the probability of the best section, and then of the best three together.

    A single section cannot be asked about: where only one of the three is worth a mention, the next one joins it.
    Where there is no section, there is nothing to answer with.
    """
    best = ranking.matches[:MOST_SUGGESTIONS]
    if best and best[0].confidence >= thresholds.answer:
        return Decision(Kind.ANSWER, best[:1])
    worthy = tuple(match for match in best if match.confidence >= _WORTH_SUGGESTING)
    if len(best) > 1 and sum(match.confidence for match in best) >= thresholds.clarify:
        return Decision(Kind.CLARIFY, worthy if len(worthy) > 1 else best[:2])
    return Decision(Kind.DECLINE, worthy, ranking.topic)
