"""Calibration keeps what it promises on the examples it was given."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.matching.calibrate import LEAST_DECLINED, LOWEST, MEANING, MOST_WRONG, PULL, calibrate, choose_thresholds
from faqbot.matching.calibration import DEFAULT, Thresholds
from faqbot.matching.evidence import OWNER_EVIDENCE
from faqbot.matching.model import Example, Weights, fit, log_loss, probabilities
from tests.matching.building import AS_GIVEN, evidence_of, example_for

SHARES = st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(lambda raw: [each / sum(raw) for each in raw][:3])
EXAMPLES = st.lists(
    st.tuples(SHARES, st.sampled_from([0, 1, 2, None])).map(lambda drawn: example_for(*drawn[0], right=drawn[1])),
    min_size=1,
    max_size=60,
)
SURE = example_for(0.97, 0.01, 0.01, right=0)
UNSURE = example_for(0.4, 0.2, 0.1, right=0)
WRONG = example_for(0.85, 0.05, 0.05, right=1)
OUTSIDE = example_for(0.05, 0.05, 0.05, right=None)


def shares(example: Example) -> list[float]:
    """Return what the sections get, the likeliest first."""
    return sorted(probabilities(example.evidence, AS_GIVEN).tolist(), reverse=True)


def outcomes(examples: Sequence[Example], thresholds: Thresholds) -> tuple[float, float, float]:
    """Return the shares of answerable ones answered wrongly, and of the others answered, and declined."""
    wrong, answered, declined = [], [], []
    for example in examples:
        best, three = shares(example)[0], sum(shares(example)[:3])
        answers = best >= thresholds.answer
        if example.answerable:
            winner = int(np.argmax(probabilities(example.evidence, AS_GIVEN)))
            wrong.append(answers and winner not in example.right)
        else:
            answered.append(answers)
            declined.append(not answers and three < thresholds.clarify)
    return (
        sum(wrong) / max(1, len(wrong)),
        sum(answered) / max(1, len(answered)),
        sum(declined) / len(declined) if declined else 1.0,
    )


def highest() -> Thresholds:
    """Return the thresholds that examples get for which none are high enough."""
    return choose_thresholds(AS_GIVEN, [example_for(0.99, 0.003, 0.003, right=None)])


@given(EXAMPLES)
def test_thresholds_keep_the_promise_or_are_as_high_as_can_be(examples: list[Example]) -> None:
    thresholds = choose_thresholds(AS_GIVEN, examples)
    wrong, answered, declined = outcomes(examples, thresholds)
    assert max(wrong, answered) <= MOST_WRONG or thresholds.answer == highest().answer
    assert declined >= LEAST_DECLINED or thresholds.clarify == highest().clarify


@given(EXAMPLES)
def test_thresholds_are_never_below_the_lowest_nor_out_of_reach(examples: list[Example]) -> None:
    thresholds = choose_thresholds(AS_GIVEN, examples)
    assert LOWEST.answer <= thresholds.answer < 1
    assert LOWEST.clarify <= thresholds.clarify < 1


@pytest.mark.parametrize(
    "examples",
    [[SURE, OUTSIDE], [SURE, UNSURE, OUTSIDE], [SURE] * 50 + [WRONG] + [OUTSIDE], [SURE, UNSURE], [OUTSIDE]],
)
def test_thresholds_stay_lowest_where_nothing_goes_wrong(examples: list[Example]) -> None:
    assert choose_thresholds(AS_GIVEN, examples) == LOWEST


def test_wrong_answers_raise_the_threshold_for_an_answer() -> None:
    thresholds = choose_thresholds(AS_GIVEN, [SURE, WRONG, OUTSIDE])
    assert shares(WRONG)[0] < thresholds.answer <= shares(SURE)[0]
    assert thresholds.clarify == LOWEST.clarify


def test_what_looks_answerable_raises_the_threshold_for_asking_back() -> None:
    tempting = example_for(0.3, 0.2, 0.1, right=None)
    thresholds = choose_thresholds(AS_GIVEN, [SURE, tempting])
    assert sum(shares(tempting)) < thresholds.clarify
    assert thresholds.answer == LOWEST.answer


def test_what_is_answered_does_not_count_as_declined() -> None:
    answered, tempting, stubborn = ((0.8, 0.001, 0.001), (0.4, 0.3, 0.15), (0.4, 0.3, 0.29))
    counted = [(answered, 2), (tempting, 3), (stubborn, 2), ((0.1, 0.05, 0.05), 93)]
    examples = [example_for(*each, right=None) for each, count in counted for _ in range(count)]
    thresholds = choose_thresholds(AS_GIVEN, examples)
    assert thresholds.answer == LOWEST.answer
    assert outcomes(examples, thresholds)[2] >= LEAST_DECLINED


def toy(count: int, noise: float) -> list[Example]:
    """Make examples in which the section with the word is right, nearly always; every fourth has no answer."""
    random = np.random.default_rng(count)
    examples = []
    for number in range(count):
        words = random.uniform(0, noise, 3)
        if number % 4:
            words[number % 3] += 0.5
        right = number % 3 if number % 4 else 3
        examples.append(Example(evidence_of({"word": words.tolist()}), frozenset([right])))
    return examples


def fitted(examples: Sequence[Example]) -> Weights:
    """Return what a calibration fits before it looks at anything held out."""
    return fit(examples, DEFAULT.weights.but(meaning=0.0), penalty=PULL)


def test_without_held_out_examples_the_thresholds_are_the_default_ones() -> None:
    examples = toy(24, 0.4)
    calibration = calibrate(examples)
    assert calibration.weights.by_name() == fitted(examples).by_name() | {"meaning": MEANING}
    assert calibration.thresholds == DEFAULT.thresholds


def test_few_examples_hardly_move_the_default_weights_and_many_do() -> None:
    few, many = (calibrate(toy(count, 0.4)).weights.by_name()["word"] for count in (2, 400))
    usual = DEFAULT.weights.by_name()["word"]
    assert abs(few - usual) < 0.2 < 1 < abs(many - usual)


@settings(max_examples=8)
@given(st.integers(4, 24), st.floats(0.05, 2.0))
def test_held_out_examples_become_no_less_likely(count: int, noise: float) -> None:
    examples, held_out = toy(24, 0.3), toy(count, noise)
    weights = calibrate(examples, held_out).weights
    assert log_loss(held_out, weights) <= log_loss(held_out, fitted(examples)) + 1e-9


def test_held_out_examples_take_part_in_the_fit() -> None:
    examples, held_out = toy(24, 0.3), toy(60, 1.5)
    before, after = fitted(examples).by_name(), calibrate(examples, held_out).weights.by_name()
    scale = after["word"] / before["word"]
    assert any(after[name] != pytest.approx(before[name] * scale) for name in set(OWNER_EVIDENCE) - {"meaning"})


def test_held_out_examples_decide_the_thresholds() -> None:
    held_out = toy(32, 1.5)
    calibration = calibrate(toy(24, 0.3), held_out)
    assert calibration.thresholds == choose_thresholds(calibration.weights, held_out)
