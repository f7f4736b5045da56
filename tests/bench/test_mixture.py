"""The mixture holds knowledge of every size, with and without the section that answers."""

from itertools import islice
from pathlib import Path

import pytest

from faqbot.bench.mixture import halves, held_out, mixture, of_texts
from faqbot.bench.xquad import read_xquad
from faqbot.errors import EvaluationError
from faqbot.knowledge.loader import load
from tests.conftest import DATA

LIBRARY = load(DATA / "library")


def test_the_halves_share_no_question(squad: Path) -> None:
    base, questions = read_xquad(squad / "tiny.vi.json", "vi")
    first, second = halves(base, questions)
    assert [*first, *second] == questions
    assert {owner for _, owner in first} == {"xquad/0"}
    assert {owner for _, owner in second} == {"xquad/1"}


def test_each_question_is_asked_in_each_size_and_where_its_section_is_hidden(squad: Path) -> None:
    base, questions = read_xquad(squad / "tiny.vi.json", "vi")
    examples = list(of_texts(base, questions, "vi"))
    assert {each.section_count for each in examples} == {1, 2}
    assert sum(each.answerable for each in examples) == 2 * len(questions)
    assert sum(not each.answerable for each in examples) == len(questions)


def test_stored_questions_take_part_and_are_missing_in_turn(squad: Path) -> None:
    examples = list(mixture(squad, LIBRARY))
    assert {each.evidence.questions is None for each in examples} == {True, False}
    assert {each.answerable for each in examples} == {True, False}


def test_what_is_held_out_is_not_in_the_fit(squad: Path) -> None:
    judged = {each.evidence.stems for each in held_out(squad)}
    fitted = {each.evidence.stems for each in islice(mixture(squad, LIBRARY), 20)}
    assert judged
    assert not judged & fitted


def test_a_folder_without_xquad_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no \*\.vi\.json or \*\.en\.json"):
        next(mixture(tmp_path, LIBRARY))
