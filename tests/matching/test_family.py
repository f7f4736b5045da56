"""A family gives each owner its best unit."""

import numpy as np
import pytest

from faqbot.language.token import tokens
from faqbot.matching.family import Family, Unit, build_family, weighted_sum
from faqbot.matching.lanes import LANES, LaneReader

READER = LaneReader([])
ROWS = {"hours": 0, "nobody": 1, "loans": 2, "last": 3}


@pytest.fixture
def family() -> Family:
    asked = [("loans", "borrow a book"), ("hours", "open on sunday"), ("loans", "borrow two books")]
    units = [Unit(owner, tokens(text), number) for number, (owner, text) in enumerate(asked)]
    return build_family(units, ROWS, READER)


def test_units_lie_owner_by_owner(family: Family) -> None:
    assert family.numbers == (1, 0, 2)
    assert [family.span(row) for row in range(4)] == [slice(0, 1), slice(1, 1), slice(1, 3), slice(3, 3)]


def test_an_owner_without_units_has_no_score(family: Family) -> None:
    scores = np.array([0.1, 0.2, 0.3])
    assert family.near(scores).best(scores).tolist() == [0.1, 0.0, 0.3, 0.0]


def test_only_units_with_a_score_are_near(family: Family) -> None:
    near = family.near(np.array([0.0, 0.2, 0.0]))
    assert (near.units.tolist(), near.owners.tolist()) == ([1], [ROWS["loans"]])
    assert family.near(np.zeros(3)).best(np.zeros(3)).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_support_is_near_the_best_and_grows_with_company(family: Family) -> None:
    scores = np.array([0.5, 0.5, 0.5])
    alone, together = family.near(scores).support(scores)[[0, 2]]
    assert alone == pytest.approx(0.5)
    assert 0.5 < together < 0.6


def test_a_unit_is_most_similar_to_itself(family: Family) -> None:
    read = READER.read(tokens("open on sunday"))
    similarities = family.similarities({lane: dict.fromkeys(read[lane], 1.0) for lane in LANES})
    assert similarities["word"].argmax() == similarities["pair"].argmax() == 0


def test_lanes_are_added_up_by_weight() -> None:
    lanes = {"word": np.array([1.0, 0.0]), "pair": np.array([0.0, 1.0])}
    assert weighted_sum(lanes, {"word": 0.7, "pair": 0.3}).tolist() == [0.7, 0.3]
