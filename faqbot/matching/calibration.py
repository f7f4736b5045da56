"""The numbers that turn evidence into a decision, and the file beside the knowledge that keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from faqbot.errors import Fault, KnowledgeError
from faqbot.knowledge.loader import CALIBRATION
from faqbot.matching.model import Weights

_HEADER = "# Written by `faqbot calibrate`, from the knowledge's own questions. Run it again after larger changes.\n"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the matcher must be; probabilities, 0 to 1."""

    answer: float
    """Of the best section, at least, to answer with it."""
    clarify: float
    """Of the best three sections together, at least, to ask which one is meant; below that the reply is a decline."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights and thresholds."""

    weights: Weights
    thresholds: Thresholds

    def to_yaml(self) -> str:
        """Return the text of a calibration file."""
        content = {
            "weights": {name: round(value, 4) for name, value in self.weights.by_name().items()},
            "thresholds": {"answer": round(self.thresholds.answer, 4), "clarify": round(self.thresholds.clarify, 4)},
        }
        return _HEADER + yaml.safe_dump(content, sort_keys=False)


DEFAULT = Calibration(
    Weights.of(
        {
            "word": 1.4,
            "pair": 5.3,
            "accented": -0.2,
            "concept": 0.9,
            "nearest": 0.6,
            "support": -0.9,
            "fuzzy": -0.1,
            "profile": 3.7,
            "text_word": -4.4,
            "text_pair": 6.7,
            "text_concept": 2.2,
            "text_character": 4.6,
            "passage": 9.6,
            "accounted": 3.5,
            "accounted_pairs": 0.0,
            "meaning": 20.0,
            "topic": 1.4,
            "nothing": 8.8,
            "unfamiliar": -4.5,
            "informative": -0.7,
        }
    ),
    Thresholds(answer=0.75, clarify=0.4),
)
"""For knowledge without a calibration file. Fitted once to a mixture: half of XQuAD (Artetxe, Ruder and Yogatama 2020),
in both languages, with and without noise, with and without the paragraph that answers; and the KVM knowledge with all,
with a twelfth and with none of its questions. Asking back begins where a decline would be wrong more often than not: of
messages whose best three sections have 0.4 to 0.5 together, six in ten have an answer, half of all among the three."""


def calibration_of(knowledge: Path) -> Calibration:
    """Return the calibration that lies in a knowledge folder; the default one where there is none.

    :raises KnowledgeError: as ``read_calibration`` does.
    """
    path = knowledge / CALIBRATION
    return read_calibration(path) if path.is_file() else DEFAULT


def read_calibration(path: Path) -> Calibration:
    """Read a calibration file.

    :raises KnowledgeError: if it cannot be read, or holds anything else than numbers by the known names.
    """
    try:
        content = _named(yaml.safe_load(path.read_text("utf-8")), "the file", ("weights", "thresholds"))
        weights = _numbers(content.get("weights"), "'weights'", tuple(DEFAULT.weights.by_name()))
        thresholds = _numbers(content.get("thresholds"), "'thresholds'", ("answer", "clarify"))
        if len(thresholds) < 2 or not all(0 <= value <= 1 for value in thresholds.values()):
            raise ValueError(f"'answer' and 'clarify' must be given, from 0 to 1, not {thresholds}")
        return Calibration(Weights.of(weights), Thresholds(**thresholds))
    except (OSError, yaml.YAMLError, RecursionError, OverflowError, ValueError) as error:
        problem = f"is no calibration file ({error}); `faqbot calibrate` writes one"
        raise KnowledgeError([Fault(str(path), 0, "error", problem)]) from error


def _named(values: Any, what: str, known: Sequence[str]) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise ValueError(f"{what} must be a mapping (name: value), not {values!r}")
    if unknown := [name for name in values if name not in known]:
        raise ValueError(f"{what} has the unknown names {unknown}; known are {', '.join(known)}")
    return values


def _numbers(values: Any, what: str, known: Sequence[str]) -> dict[str, float]:
    numbers = _named(values, what, known)
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise ValueError(f"{name!r} must be a number, not {value!r}")
    return {name: float(value) for name, value in numbers.items()}
