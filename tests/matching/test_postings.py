"""Postings score units as plain arithmetic would."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.matching.counts import count_features
from faqbot.matching.postings import Postings, build_cosine

UNITS = (("ram", "how", "much"), ("cpu", "how", "many"), ("disk",))
FEATURES = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6)


def slow_cosine(units: list[list[str]], query: list[str]) -> list[float]:
    """Compute what build_cosine and cosine promise, word by word."""
    sets = [dict.fromkeys(unit) for unit in units]
    frequency = Counter(feature for unit in sets for feature in unit)

    def rarity(feature: str) -> float:
        return math.log1p((len(units) - frequency[feature] + 0.5) / (frequency[feature] + 0.5))

    def length(features: dict[str, None]) -> float:
        return math.sqrt(sum(rarity(feature) ** 2 for feature in features))

    asked = dict.fromkeys(query)
    return [sum(rarity(each) ** 2 for each in asked if each in unit) / (length(asked) * length(unit)) for unit in sets]


@given(st.lists(FEATURES, min_size=1, max_size=8), FEATURES)
def test_the_index_agrees_with_the_definition(units: list[list[str]], query: list[str]) -> None:
    scores = build_cosine(units, len(units)).cosine(dict.fromkeys(query, 1.0))
    assert scores == pytest.approx(slow_cosine(units, query))


@given(st.lists(FEATURES, min_size=1, max_size=8), FEATURES)
def test_similarities_lie_between_0_and_1(units: list[list[str]], query: list[str]) -> None:
    scores = build_cosine(units, len(units)).cosine(dict.fromkeys(query, 1.0))
    assert ((scores >= 0) & (scores <= 1 + 1e-6)).all()


def test_a_unit_is_as_near_to_itself_as_can_be() -> None:
    scores = build_cosine(UNITS, len(UNITS)).cosine(dict.fromkeys(UNITS[0], 1.0))
    assert scores[0] == pytest.approx(1.0)


def test_unknown_features_lower_every_score() -> None:
    postings = build_cosine(UNITS, len(UNITS))
    assert postings.cosine({"ram": 1.0, "unheard": 1.0})[0] < postings.cosine({"ram": 1.0})[0]


def test_only_unknown_features_score_nothing() -> None:
    assert not build_cosine(UNITS, len(UNITS)).cosine({"unheard": 1.0}).any()
    assert build_cosine(UNITS, len(UNITS)).by_rarity({"unheard": 1.0})[0] == {}


def test_units_without_features_score_nothing() -> None:
    assert build_cosine([(), ("ram",)], 2).cosine({"ram": 1.0}).tolist() == pytest.approx([0.0, 1.0])


def test_an_index_of_nothing_scores_nothing() -> None:
    assert build_cosine([(), ()], 2).cosine({"ram": 1.0}).tolist() == [0.0, 0.0]


def test_rarer_features_weigh_more() -> None:
    postings = build_cosine(UNITS, len(UNITS))
    assert postings.rarity_of("how") < postings.rarity_of("ram") < postings.rarity_of("unheard")


def test_given_weights_are_added_up() -> None:
    counts = count_features([(0, ["ram"]), (2, ["ram", "cpu"])], 3)
    postings = Postings.of(counts, np.array([2.0, 1.0, 3.0]))
    scores = postings.add_up({postings.rows["ram"]: 1.0, postings.rows["cpu"]: 10.0})
    assert scores.tolist() == [2.0, 0.0, 31.0]


def test_a_unit_accounts_for_the_share_of_rarity_that_it_holds() -> None:
    postings = build_cosine(UNITS, len(UNITS))
    assert postings.accounted({"ram": 1.0, "much": 1.0}).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert 0 < postings.accounted({"ram": 1.0, "disk": 1.0})[2] < 1
    assert postings.accounted({}).tolist() == [0.0, 0.0, 0.0]
