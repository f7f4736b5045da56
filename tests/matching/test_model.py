"""The model turns evidence into probabilities, and learns from examples."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.matching.evidence import NOTHING_EVIDENCE, OWNER_EVIDENCE
from faqbot.matching.model import Example, Weights, fit, log_loss, probabilities, softmax
from tests.matching.building import AS_GIVEN, evidence_for, evidence_of, example_for

NAMES = (*OWNER_EVIDENCE, *NOTHING_EVIDENCE)
NUMBERS = st.floats(-50, 50)
ROWS = st.lists(st.floats(0, 1), min_size=1, max_size=6)
NO_WEIGHTS = Weights.of({})


def word_example(words: Sequence[float], right: int) -> Example:
    return Example(evidence_of({"word": words}), frozenset([right]))


SEPARABLE = [
    word_example([0.9, 0.1, 0.2], 0),
    word_example([0.2, 0.8, 0.1], 1),
    word_example([0.3, 0.2, 0.9], 2),
    word_example([0.1, 0.2, 0.1], 3),
]
"""The section with the word is right; where none has it, nothing is."""


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_shares_add_up_to_1(logits: list[float]) -> None:
    shares = softmax(np.array(logits))
    assert shares.sum() == pytest.approx(1.0)
    assert (shares >= 0).all()


@given(st.lists(NUMBERS, min_size=1), NUMBERS)
def test_shares_depend_on_differences_only(logits: list[float], shift: float) -> None:
    assert softmax(np.array(logits) + shift) == pytest.approx(softmax(np.array(logits)))


@given(st.dictionaries(st.sampled_from(NAMES), NUMBERS))
def test_weights_are_read_by_name(values: dict[str, float]) -> None:
    assert Weights.of(values).by_name() == dict.fromkeys(NAMES, 0.0) | values


def test_without_weights_everything_is_equally_likely() -> None:
    assert probabilities(evidence_of({"word": [0.9, 0.1, 0.0]}), NO_WEIGHTS).tolist() == [0.25, 0.25, 0.25]


def test_what_is_missing_to_1_is_the_share_of_nothing() -> None:
    assert probabilities(evidence_for(0.5, 0.2, 0.1), AS_GIVEN) == pytest.approx([0.5, 0.2, 0.1])


@given(ROWS, st.integers(0, 5), st.floats(0, 5), st.floats(0, 20), st.sampled_from(OWNER_EVIDENCE))
def test_more_evidence_never_lowers_a_probability(
    rows: list[float], place: int, more: float, weight: float, name: str
) -> None:
    row = place % len(rows)
    grown = [value + more * (at == row) for at, value in enumerate(rows)]
    weights = Weights.of({name: weight, "nothing": 1.0})
    before, after = (probabilities(evidence_of({name: values}), weights) for values in (rows, grown))
    assert after[row] >= before[row] - 1e-12
    assert (np.delete(after, row) <= np.delete(before, row) + 1e-12).all()


@given(st.lists(NUMBERS, min_size=len(NAMES), max_size=len(NAMES)), st.floats(0, 1), st.integers(2, 40))
def test_owners_with_equal_evidence_are_equally_likely(weights: list[float], value: float, count: int) -> None:
    columns = {name: [value / (at + 1)] * count for at, name in enumerate(OWNER_EVIDENCE)}
    shares = probabilities(evidence_of(columns), Weights.of(dict(zip(NAMES, weights, strict=True))))
    assert len(set(shares.tolist())) == 1


def test_an_example_knows_its_sections() -> None:
    evidence = evidence_of({"topic": [0, 0, 1]})
    assert Example(evidence, frozenset([1])).section_count == 2
    assert Example(evidence, frozenset([1])).answerable
    assert not Example(evidence, frozenset([2, 3])).answerable


def test_the_loss_is_the_logarithm_of_the_share_of_what_is_right() -> None:
    assert log_loss([example_for(0.5, 0.2, right=1)], AS_GIVEN) == pytest.approx(-math.log(0.2))
    assert log_loss([example_for(0.5, 0.2, right=None)], AS_GIVEN) == pytest.approx(-math.log(0.3))


def test_any_of_several_right_owners_will_do() -> None:
    example = Example(evidence_for(0.5, 0.2), frozenset([1, 2]))
    assert log_loss([example], AS_GIVEN) == pytest.approx(-math.log(0.2 + 0.3))


def test_the_loss_is_a_mean() -> None:
    examples = [example_for(0.5, right=0), example_for(0.25, right=0)]
    assert log_loss(examples, AS_GIVEN) == pytest.approx(-(math.log(0.5) + math.log(0.25)) / 2)


def test_a_separable_problem_is_learnt() -> None:
    weights = fit(SEPARABLE, NO_WEIGHTS, penalty=0.001)
    for example in SEPARABLE:
        shares = probabilities(example.evidence, weights)
        assert [*shares, 1 - shares.sum()][min(example.right)] > 0.9


def test_only_evidence_that_says_something_gets_a_weight() -> None:
    weights = {name: weight for name, weight in fit(SEPARABLE, NO_WEIGHTS).by_name().items() if abs(weight) > 1e-9}
    assert set(weights) == {"word", "nothing"}
    assert weights["word"] > 0


def test_without_a_penalty_separable_examples_still_give_finite_weights() -> None:
    weights = fit(SEPARABLE, NO_WEIGHTS, penalty=0.0)
    assert np.isfinite([*weights.owner, *weights.nothing]).all()
    assert log_loss(SEPARABLE, weights) < 0.01


EXAMPLES = st.lists(
    st.tuples(st.lists(st.floats(-3, 3), min_size=3, max_size=3), st.sets(st.integers(0, 3), min_size=1)).map(
        lambda drawn: Example(evidence_of({"word": drawn[0], "topic": [0, 0, 1]}), frozenset(drawn[1]))
    ),
    min_size=1,
    max_size=8,
)


@given(EXAMPLES, st.floats(0, 10))
def test_fitting_never_makes_what_is_right_less_likely(examples: list[Example], penalty: float) -> None:
    assert log_loss(examples, fit(examples, NO_WEIGHTS, penalty=penalty)) <= log_loss(examples, NO_WEIGHTS) + 1e-9


@given(EXAMPLES, st.integers(0, 5))
def test_more_rounds_fit_at_least_as_well(examples: list[Example], rounds: int) -> None:
    fewer, more = (fit(examples, NO_WEIGHTS, penalty=0.0, rounds=count) for count in (rounds, rounds + 1))
    assert log_loss(examples, more) <= log_loss(examples, fewer) + 1e-9


def test_a_penalty_keeps_weights_near_to_where_they_were() -> None:
    near = Weights.of({"word": 5.0, "fuzzy": -2.0, "nothing": 1.0})
    gaps = [np.abs(fit(SEPARABLE, near, penalty=penalty).owner - near.owner).max() for penalty in (0.01, 1.0, 1e6)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 1e-3


def test_a_penalty_keeps_weights_small() -> None:
    sizes = [np.abs(fit(SEPARABLE, NO_WEIGHTS, penalty=penalty).owner).sum() for penalty in (0.01, 1.0, 100.0)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


@pytest.mark.parametrize(("examples", "rounds"), [([], 40), (SEPARABLE, 0)])
def test_nothing_to_learn_from_leaves_the_weights_as_they_were(examples: list[Example], rounds: int) -> None:
    for near in (NO_WEIGHTS, AS_GIVEN):
        assert fit(examples, near, rounds=rounds).by_name() == near.by_name()
