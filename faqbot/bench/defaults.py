"""Fit the default weights: ``make defaults XQUAD=DIR``, where DIR holds XQuAD's ``*.vi.json`` and ``*.en.json``.

Prints the weights, and what they do on the half of XQuAD that the fit did not see.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.table import Table

from faqbot import terminal
from faqbot.bench.mixture import halves, held_out, mixture
from faqbot.bench.xquad import variants, xquad_files
from faqbot.errors import FaqbotError
from faqbot.knowledge.loader import load
from faqbot.matching.calibrate import MEANING
from faqbot.matching.calibration import DEFAULT, Calibration
from faqbot.matching.cross_validation import example
from faqbot.matching.index import build_index
from faqbot.matching.model import Example, Weights, fit, probabilities
from faqbot.settings import Settings

KNOWLEDGE = Settings.from_environ({}).knowledge
"""faqbot's own knowledge."""
_BINS = 20


def top_1(xquad: Path, weights: Weights) -> Table:
    """Show how many of the questions that the fit did not see find their paragraph first, among all paragraphs."""
    table = Table("asked", "questions", "top 1")
    for language, base, questions in xquad_files(xquad):
        index = build_index(base)
        for name, asked in variants(language, halves(base, questions)[1]):
            examples = [example(text, [owner], index) for text, owner in asked]
            hits = [int(np.argmax(probabilities(each.evidence, weights))) in each.right for each in examples]
            table.add_row(name, str(len(hits)), f"{np.mean(hits):.3f}")
    return table


def worth(examples: Sequence[Example], weights: Weights) -> Table:
    """Show what probabilities are worth: how often the best section answers, and one of the best three."""
    table = Table("probability", "of the best", "right", "of the best three", "one is right")
    best, three = zip(*(_worth(each, weights) for each in examples), strict=True)
    for bin_number in range(_BINS):
        row = [f"{bin_number / _BINS:.2f} to {(bin_number + 1) / _BINS:.2f}"]
        for cases in (best, three):
            hits = [hit for sure, hit in cases if min(int(sure * _BINS), _BINS - 1) == bin_number]
            row += [str(len(hits)), f"{np.mean(hits):.2f}" if hits else ""]
        table.add_row(*row)
    return table


def _worth(each: Example, weights: Weights) -> tuple[tuple[float, bool], tuple[float, bool]]:
    sections = probabilities(each.evidence, weights)[: each.section_count]
    order = np.argsort(-sections, kind="stable")[:3].tolist()
    return (float(sections[order[0]]), order[0] in each.right), (
        float(sections[order].sum()),
        any(row in each.right for row in order),
    )


def main(folder: str) -> None:
    """Fit, print and judge."""
    xquad = Path(folder)
    weights = fit(list(mixture(xquad, load(KNOWLEDGE)))).but(meaning=MEANING)
    print(Calibration(weights, DEFAULT.thresholds).to_yaml())
    terminal.show(top_1(xquad, weights))
    terminal.show(worth(list(held_out(xquad)), weights))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except FaqbotError as error:
        raise SystemExit(f"Error: {error}") from error
