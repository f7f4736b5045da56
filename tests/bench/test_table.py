"""The sets that are asked, and the tables that show what came of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from faqbot.bench.measure import Measurement
from faqbot.bench.table import case_sets, comparison, growth, xquad_sets
from faqbot.errors import EvaluationError, KnowledgeError
from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds
from tests.conftest import DATA

LIBRARY = DATA / "library"
CASES: tuple[dict[str, object], ...] = (
    {"q": "mất thẻ thì sao", "expect": []},
    {"q": "are you open on Sunday", "expect": ["hours", "opening"]},
)
"""One that the library cannot answer and one that it can; "opening" is no section of it."""
OURS = Measurement("faqbot", "first", 0.9, 1.04, 2.06, 3.0, 4.0)
THEIRS = Measurement("other", "first", 0.8, 11.0, 12.0, 13.0, 14.0)


def write(file: Path, cases: Sequence[dict[str, object]], encoding: str = "utf-8") -> Path:
    """Write a file of labelled questions."""
    file.write_text("".join(f"{json.dumps(case | {'lang': 'vi'}, ensure_ascii=False)}\n" for case in cases), encoding)
    return file


def cells(table: Table) -> list[list[str]]:
    """Return what a table shows, row by row, the headings first."""
    console = Console(file=StringIO(), width=200)
    console.print(table)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().replace("┃", "│").splitlines()
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if "│" in line]


def test_a_set_holds_the_questions_that_the_knowledge_answers(tmp_path: Path) -> None:
    (asked,) = case_sets(LIBRARY, [write(tmp_path / "mixed.jsonl", CASES)])
    assert asked.name == "mixed"
    assert asked.questions == (("are you open on Sunday", frozenset(["guide/hours"])),)
    assert len(asked.knowledge.sections) == 4


def test_each_file_is_a_set(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.jsonl", CASES) for name in ("b", "a")]
    assert [each.name for each in case_sets(LIBRARY, files)] == ["b", "a"]


def test_the_calibration_beside_the_knowledge_is_used(library_folder: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "cases.jsonl", CASES)
    assert next(case_sets(library_folder, [file])).calibration.thresholds == DEFAULT.thresholds
    own = Calibration(DEFAULT.weights, Thresholds(answer=0.75, clarify=0.5))
    (library_folder / "calibration.yaml").write_text(own.to_yaml(), "utf-8")
    assert next(case_sets(library_folder, [file])).calibration.thresholds == own.thresholds


def test_questions_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (asked,) = case_sets(LIBRARY, [write(tmp_path / "marked.jsonl", CASES, "utf-8-sig")])
    assert len(asked.questions) == 1


@pytest.mark.parametrize("cases", [(), CASES[:1], ({"q": "giá bao nhiêu", "expect": ["prices"]},)])
def test_a_file_without_a_question_for_the_knowledge_is_refused_by_name(
    cases: Sequence[dict[str, object]], tmp_path: Path
) -> None:
    with pytest.raises(EvaluationError, match=r"foreign\.jsonl"):
        list(case_sets(LIBRARY, [write(tmp_path / "foreign.jsonl", cases)]))


def test_knowledge_with_faults_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        list(case_sets(tmp_path / "nowhere", [write(tmp_path / "cases.jsonl", CASES)]))


def test_xquad_is_asked_in_each_language_with_each_noise(squad: Path) -> None:
    sets = list(xquad_sets(squad))
    assert [each.name for each in sets] == [
        "vi",
        "vi, no diacritics",
        "vi, 2 typos",
        "vi, raw Telex",
        "en",
        "en, 2 typos",
    ]
    assert {len(each.questions) for each in sets} == {3}
    assert all(each.calibration is DEFAULT for each in sets)


def test_an_xquad_question_accepts_its_own_paragraph(squad: Path) -> None:
    assert [accepted for _, accepted in next(xquad_sets(squad)).questions] == [{"xquad/0"}, {"xquad/1"}, {"xquad/1"}]


def test_methods_stand_beside_each_other_with_the_time_of_the_first_set() -> None:
    second = [replace(each, set_name="second", top_1=0.5, median_ms=99.0) for each in (OURS, THEIRS)]
    assert cells(comparison([OURS, second[0], THEIRS, second[1]])) == [
        ["method", "first", "second", "median ms", "99% ms", "build s", "MB"],
        ["faqbot", "0.900", "0.500", "1.0", "2.1", "3.0", "4.0"],
        ["other", "0.800", "0.500", "11.0", "12.0", "13.0", "14.0"],
    ]


def test_names_are_shown_as_they_are() -> None:
    headings, row = cells(comparison([replace(OURS, method="[b]", set_name="[/i]")]))
    assert (headings[1], row[0]) == ("[/i]", "[b]")


def test_growth_has_a_row_for_each_size() -> None:
    assert cells(growth([replace(OURS, set_name=name) for name in ("20", "1,000")])) == [
        ["questions", "top 1", "median ms", "99% ms", "build s", "MB"],
        ["20", "0.900", "1.0", "2.1", "3.0", "4.0"],
        ["1,000", "0.900", "1.0", "2.1", "3.0", "4.0"],
    ]
