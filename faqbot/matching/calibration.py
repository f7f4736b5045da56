"""The numbers that turn evidence into a decision, and the file beside the knowledge that keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from faqbot.errors import Fault, KnowledgeError
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
            "word": 1.0,
            "pair": 2.0,
            "accented": 1.0,
            "concept": 1.0,
            "support": 4.0,
            "fuzzy": 2.0,
            "profile": 3.0,
            "text_word": 4.0,
            "text_pair": 3.0,
            "text_concept": 1.0,
            "passage": 5.0,
            "nothing": 1.5,
            "unfamiliar": 1.5,
            "informative": 0.5,
        }
    ),
    Thresholds(answer=0.5, clarify=0.4),
)
"""For knowledge without a calibration file: the KVM knowledge's weights, rounded, with more trust in whole texts."""


def read_calibration(path: Path) -> Calibration:
    """Read a calibration file.

    :raises KnowledgeError: if it cannot be read, or holds anything else than numbers by the known names.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        return Calibration(
            Weights.of(_numbers(content["weights"], DEFAULT.weights.by_name())),
            Thresholds(**_numbers(content["thresholds"], {"answer": 0.0, "clarify": 0.0})),
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        problem = f"is no calibration file ({error}); `faqbot calibrate` writes one"
        raise KnowledgeError([Fault(str(path), 0, "error", problem)]) from error


def _numbers(values: Any, known: Mapping[str, float]) -> dict[str, float]:
    if unknown := set(values) - set(known):
        raise ValueError(f"unknown names {sorted(unknown)}; known are {sorted(known)}")
    return {str(name): float(value) for name, value in values.items()}
