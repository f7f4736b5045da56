"""A decision goes by how sure the best section is, and then by the best three together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.decision import MOST_SUGGESTIONS, Decision, Kind, decide
from faqbot.knowledge.model import Topic
from faqbot.matching.calibration import Thresholds
from faqbot.matching.matcher import Match

THRESHOLDS = Thresholds(answer=0.75, clarify=0.25)
PARKING = Topic("parking", {"vi": "Gửi xe"}, {"vi": "Nội quy chưa nói về gửi xe."}, None)

shares = st.floats(0, 1)
rankings = st.lists(shares, min_size=1, max_size=4).map(
    lambda drawn: sorted((share / max(1.0, sum(drawn)) for share in drawn), reverse=True)
)


def decided(
    library: Assistant, *confidences: float, thresholds: Thresholds = THRESHOLDS, topic: Topic | None = None
) -> Decision:
    """The decision about sections of the library that are this likely, the likeliest first."""
    pairs = zip(library.knowledge.sections, confidences, strict=False)
    matches = tuple(Match(section, confidence) for section, confidence in pairs)
    return decide(replace(library.search("sách"), matches=matches, topic=topic), thresholds)


def confidences(decision: Decision) -> list[float]:
    return [match.confidence for match in decision.matches]


@pytest.mark.parametrize(
    ("ranked", "kind", "offered"),
    [
        ((0.99, 0.01, 0.0, 0.0), Kind.ANSWER, [0.99]),
        ((0.75, 0.25, 0.0, 0.0), Kind.ANSWER, [0.75]),
        ((0.74, 0.16, 0.1, 0.0), Kind.CLARIFY, [0.74, 0.16, 0.1]),
        ((0.25, 0.25, 0.25, 0.25), Kind.CLARIFY, [0.25, 0.25, 0.25]),
        ((0.5, 0.3, 0.04, 0.02), Kind.CLARIFY, [0.5, 0.3]),
        ((0.5, 0.04, 0.03, 0.02), Kind.CLARIFY, [0.5, 0.04]),
        ((0.125, 0.125, 0.0, 0.0), Kind.CLARIFY, [0.125, 0.125]),
        ((0.06, 0.06, 0.06, 0.06), Kind.DECLINE, [0.06, 0.06, 0.06]),
        ((0.1, 0.05, 0.04, 0.0), Kind.DECLINE, [0.1, 0.05]),
        ((0.04, 0.03, 0.02, 0.01), Kind.DECLINE, []),
    ],
)
def test_kind_and_what_is_offered(
    ranked: tuple[float, ...], kind: Kind, offered: list[float], library: Assistant
) -> None:
    decision = decided(library, *ranked)
    assert (decision.kind, confidences(decision)) == (kind, offered)


def test_a_single_section_cannot_be_asked_about(library: Assistant) -> None:
    decision = decided(library, 0.6)
    assert (decision.kind, confidences(decision)) == (Kind.DECLINE, [0.6])


def test_only_a_decline_brings_the_topic_that_is_not_covered(library: Assistant) -> None:
    ranked = ((0.1, 0.05), (0.4, 0.1), (0.9, 0.1))
    decisions = [decided(library, *confidences, topic=PARKING) for confidences in ranked]
    assert [decision.kind for decision in decisions] == [Kind.DECLINE, Kind.CLARIFY, Kind.ANSWER]
    assert [decision.topic for decision in decisions] == [PARKING, None, None]


def test_without_a_topic_a_decline_has_none(library: Assistant) -> None:
    assert decided(library, 0.1, 0.05).topic is None


@given(ranked=rankings, answer=shares, clarify=shares)
def test_what_is_offered_is_the_best_of_the_ranking(
    ranked: list[float], answer: float, clarify: float, library: Assistant
) -> None:
    decision = decided(library, *ranked, thresholds=Thresholds(answer, clarify))
    offered = confidences(decision)
    assert offered == ranked[: len(offered)]
    assert len(offered) <= MOST_SUGGESTIONS
    least = {Kind.ANSWER: 1, Kind.CLARIFY: 2, Kind.DECLINE: 0}
    assert len(offered) >= least[decision.kind]


@given(ranked=rankings, low=shares, high=shares, clarify=shares)
def test_a_higher_threshold_never_adds_an_answer(
    ranked: list[float], low: float, high: float, clarify: float, library: Assistant
) -> None:
    low, high = sorted((low, high))
    strict = decided(library, *ranked, thresholds=Thresholds(high, clarify))
    lenient = decided(library, *ranked, thresholds=Thresholds(low, clarify))
    assert strict.kind is not Kind.ANSWER or strict == lenient


@given(ranked=rankings, low=shares, high=shares)
def test_a_higher_threshold_never_adds_a_clarification(
    ranked: list[float], low: float, high: float, library: Assistant
) -> None:
    low, high = sorted((low, high))
    strict = decided(library, *ranked, thresholds=Thresholds(1.0, high))
    lenient = decided(library, *ranked, thresholds=Thresholds(1.0, low))
    assert strict.kind is not Kind.CLARIFY or strict == lenient
