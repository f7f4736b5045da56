"""Calibrate a knowledge folder: fit the weights to its questions, and write them beside it."""

from collections.abc import Sequence
from pathlib import Path

from faqbot.errors import CalibrationError
from faqbot.knowledge.cases import Case
from faqbot.knowledge.loader import CALIBRATION, load
from faqbot.knowledge.model import KnowledgeBase
from faqbot.matching.calibrate import calibrate
from faqbot.matching.cross_validation import cross_validate, example
from faqbot.matching.index import build_index
from faqbot.matching.model import Example

FEWEST_STORED = 20
"""Stored questions to learn from, at least. With 20, fitted weights did better than the default ones on questions that
were not seen in 11 of 12 samples, of two kinds of knowledge; fewer were not tried."""
FEWEST_LABELLED = 40
"""Labelled questions, at least, if there are any. 40 made the probabilities better in all of 6 samples, 20 in 4, and 10
in 4."""


def calibrate_folder(folder: Path, cases: Sequence[Case]) -> Path:
    """Write a calibration file into a knowledge folder, and return its path.

    :param cases: Labelled questions that the knowledge's own know nothing of; may be empty.
    :raises KnowledgeError: if the knowledge cannot be loaded.
    :raises CalibrationError: if there are too few questions, a case expects a section that is not there, or the file
        cannot be written.
    """
    knowledge = load(folder)
    _require_enough(knowledge, cases, folder)
    held_out = _examples(knowledge, cases, folder)
    target = folder / CALIBRATION
    content = calibrate(list(cross_validate(knowledge)), held_out).to_yaml()
    try:
        target.write_text(content, "utf-8")
    except OSError as error:
        raise CalibrationError(f"{target} cannot be written ({error})") from error
    return target


def _require_enough(knowledge: KnowledgeBase, cases: Sequence[Case], folder: Path) -> None:
    stored = sum(not question.follow_up for question in knowledge.questions)
    if stored < FEWEST_STORED:
        raise CalibrationError(
            f"{folder}: {stored} questions are stored in it; calibration needs {FEWEST_STORED} or more in "
            "questions.yaml, and until then the default weights serve better than any fitted to so few"
        )
    if 0 < len(cases) < FEWEST_LABELLED:
        raise CalibrationError(
            f"{len(cases)} labelled questions are too few to learn from; {FEWEST_LABELLED} or more are needed, or none"
        )


def _examples(knowledge: KnowledgeBase, cases: Sequence[Case], folder: Path) -> list[Example]:
    by_id = {section.key.section: str(section.key) for section in knowledge.sections}
    unknown = sorted({each for case in cases for each in case.expected} - set(by_id))
    if unknown:
        raise CalibrationError(f"{folder} has no section {', '.join(unknown)}; it has {', '.join(by_id)}")
    index = build_index(knowledge) if cases else None
    return [example(case.text, [by_id[each] for each in case.expected], index) for case in cases if index]
