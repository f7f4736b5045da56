"""What is asked under load."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

from faqbot.bench.noise import without_diacritics
from faqbot.evaluation import read_cases
from faqbot.knowledge.loader import load, shipped_knowledge
from tests.conftest import CASE_FILES

REPEATED = 100
"""Questions that many people ask alike."""


def distinct_questions() -> list[str]:
    """Return the stored questions of the KVM guide and the labelled ones, as written and without diacritics, each once.

    The same ones in the same order each time; mixed, so that any part of them is like the others.
    """
    written = [question.text for question in load(shipped_knowledge()).questions]
    written += [case.text for file in CASE_FILES for case in read_cases(file.read_text("utf-8"), str(file))]
    typed = [*written, *map(without_diacritics, written)]
    unlike = {question.casefold(): question for question in typed}
    return random.Random(1).sample(list(unlike.values()), len(unlike))


def write_bodies(questions: Sequence[str], file: Path) -> Path:
    """Write the body of a request for each question, one a line."""
    lines = [json.dumps({"message": question}, ensure_ascii=False) for question in questions]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
