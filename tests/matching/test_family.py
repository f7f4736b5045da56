"""A family gives each owner its best unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.token import tokens
from faqbot.matching.family import Family, Near, Unit, build_family
from faqbot.matching.lanes import LANES, LaneReader
from faqbot.matching.postings import build_cosine

READER = LaneReader([])
ROWS = {"hours": 0, "nobody": 1, "loans": 2, "last": 3}


@pytest.fixture
def family() -> Family:
    asked = [("loans", "borrow a book"), ("hours", "open on sunday"), ("loans", "borrow two books")]
    units = [Unit(owner, READER.read(tokens(text)), number) for number, (owner, text) in enumerate(asked)]
    return build_family(units, ROWS)


def test_units_lie_owner_by_owner(family: Family) -> None:
    assert family.numbers.tolist() == [1, 0, 2]
    assert family.owners.tolist() == [ROWS["hours"], ROWS["loans"], ROWS["loans"]]


def near(family: Family, text: str) -> Near:
    read = READER.read(tokens(text))
    return family.near({lane: dict.fromkeys(read[lane], 1.0) for lane in LANES}, {"word": 0.7, "pair": 0.3})


def test_an_owner_without_units_has_no_score(family: Family) -> None:
    found = near(family, "open or borrow")
    assert found.best(found.total)[[ROWS["nobody"], ROWS["last"]]].tolist() == [0.0, 0.0]


def test_only_units_that_share_something_are_near(family: Family) -> None:
    found = near(family, "two pizzas")
    assert (found.units.tolist(), found.owners.tolist()) == ([2], [ROWS["loans"]])
    assert not near(family, "pizza").support().any()


def test_an_owner_s_units_come_with_their_totals(family: Family) -> None:
    found = near(family, "borrow a book")
    assert dict(zip(*found.of(ROWS["loans"]), strict=True))[1] == pytest.approx(1.0)
    assert [len(found.of(ROWS[owner])[0]) for owner in ("nobody", "hours", "last")] == [0, 0, 0]


def test_support_is_near_the_best_and_grows_with_company(family: Family) -> None:
    found = near(family, "borrow")
    best, support = found.best(found.total)[ROWS["loans"]], found.support()[ROWS["loans"]]
    assert best < support < best + 0.1


def test_a_unit_is_most_similar_to_itself(family: Family) -> None:
    found = near(family, "open on sunday")
    assert found.total.max() == pytest.approx(1.0)
    assert found.units[found.total.argmax()] == 0


@given(
    st.lists(st.sampled_from(["borrow", "a", "book", "open", "on", "sunday", "two", "books", "pizza"]), min_size=1),
    st.sets(st.integers(0, 99)),
)
def test_among_few_or_many_units_the_scores_are_the_same(words: list[str], among: set[int]) -> None:
    texts = [["borrow", "a", "book"], ["open", "on", "sunday"], ["borrow", "two", "books"], ["books"]] * 25
    postings = build_cosine(texts, len(texts))
    features = dict.fromkeys(words, 1.0)
    units = np.array(sorted(among), dtype=np.int32)
    assert postings.cosine(features, units).tolist() == pytest.approx(postings.cosine(features)[units].tolist())
