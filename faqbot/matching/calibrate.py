"""Choose the weights and thresholds for a knowledge base by its own questions."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds
from faqbot.matching.model import Example, Weights, fit, log_loss, probabilities

MEANING = 20.0
"""Weight of nearness in meaning, which examples do not show; chosen among 0, 20, 40 and 80 by multilingual-e5-small."""
PULL = 10.0
"""By how much the weights of few examples keep to the default ones. In 40 samples of 20 to 300 stored questions, those
that keep to nothing did better on unseen questions than the default ones in 6, these in 33. Of 1, 3, 10, 30."""
MANY = 2_000
"""Examples that know better than the default weights. With 12,000, weights that keep to nothing made three sets of
questions that were not seen likelier (loss 0.110 against 0.117, and 0.217 against 0.230)."""
_USUAL = DEFAULT.weights.but(meaning=0.0)
LOWEST = Thresholds(answer=0.75, clarify=0.25)
"""What an answer and a clarification must be worth at least: right three times out of four, helpful once."""
MOST_WRONG = 0.02
"""Share of the answerable questions answered wrongly, and of the others answered at all, that is accepted at most."""
LEAST_DECLINED = 0.95
"""Share of the unanswerable questions that shall be declined at least."""
_WORTH_OF_HELD_OUT = 3
"""How many of the knowledge's own questions one of them counts as; chosen among 0, 1, 3 and 10 on two other sets."""
_SCALES = np.linspace(0.6, 2.4, 19)
_SHIFTS = np.linspace(-2.0, 2.0, 17)
_STEPS = np.linspace(0.2, 0.95, 76).round(2)


def calibrate(examples: Sequence[Example], held_out: Sequence[Example] = ()) -> Calibration:
    """Fit the weights to examples, then make the probabilities honest and choose the thresholds.

    :param held_out: Examples that the knowledge's questions know nothing of. They take part in the fit, and decide how
        sure the probabilities are and where the thresholds lie. Without them the thresholds are the default ones: the
        other examples, half of which ask about something that was hidden, would have nearly everything declined.
    """
    everything = [*examples, *list(held_out) * _WORTH_OF_HELD_OUT]
    weights = fit(everything) if len(examples) >= MANY else fit(everything, _USUAL, penalty=PULL)
    if not held_out:
        return Calibration(weights.but(meaning=MEANING), DEFAULT.thresholds)
    weights = _honest(weights, held_out)
    return Calibration(weights.but(meaning=MEANING), choose_thresholds(weights, held_out))


def _honest(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Scale all weights, and shift "nothing", so that the examples become likeliest (Platt 1999, by a grid)."""
    candidates = [
        Weights(weights.owner * scale, weights.nothing * scale + np.array([shift, 0.0, 0.0]))
        for scale, shift in product(_SCALES, _SHIFTS)
    ]
    return min(candidates, key=lambda candidate: log_loss(examples, candidate))


def choose_thresholds(weights: Weights, examples: Sequence[Example]) -> Thresholds:
    """Raise the lowest thresholds until wrong answers are rare and what has no answer is declined."""
    cases = list(_cases(weights, examples))
    right, best, three = (np.array(column) for column in zip(*cases, strict=True))
    answerable = np.maximum(1, (right >= 0).sum())
    unanswerable = np.maximum(1, (right < 0).sum())

    def few_wrong(threshold: float) -> bool:
        answered = best >= threshold
        wrong = (answered & (right == 0)).sum() / answerable
        return bool(max(wrong, (answered & (right < 0)).sum() / unanswerable) <= MOST_WRONG)

    def enough_declined(threshold: float) -> bool:
        kept = (right < 0) & ((best >= answer) | (three >= threshold))
        return bool(kept.sum() / unanswerable <= 1 - LEAST_DECLINED)

    answer = next((step for step in _STEPS if step >= LOWEST.answer and few_wrong(step)), _STEPS[-1])
    clarify = next((step for step in _STEPS if step >= LOWEST.clarify and enough_declined(step)), _STEPS[-1])
    return Thresholds(float(answer), float(clarify))


def _cases(weights: Weights, examples: Sequence[Example]) -> Iterator[tuple[int, float, float]]:
    """Yield for each example: 1 if the best section is right, 0 if wrong, -1 if none is; its share; three's share."""
    for example in examples:
        sections = probabilities(example.evidence, weights)[: example.section_count]
        order = np.argsort(-sections, kind="stable")
        verdict = int(order[0] in example.right) if example.answerable else -1
        yield verdict, float(sections[order[0]]), float(sections[order[:3]].sum())
