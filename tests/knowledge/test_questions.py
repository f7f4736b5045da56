"""Read questions.yaml."""

from pathlib import Path

import pytest

from faqbot.knowledge.model import SectionKey, StoredQuestion
from faqbot.knowledge.questions import SectionNotes, read_questions, section_named
from tests.knowledge.building import cafe_sections, yaml_of

HOURS = SectionKey("cafe", "hours")
LIST_OF_GROUPS = "questions must be a list of groups, each with vi, en and perhaps answer"


def read(text: str, folder: Path) -> tuple[dict[SectionKey, SectionNotes], list[tuple[int, str]]]:
    file, faults = yaml_of(text)
    notes = read_questions(file, cafe_sections(folder))
    assert all((fault.file, fault.severity) == ("notes.yaml", "error") for fault in faults)
    return notes, [(fault.line, fault.message) for fault in faults]


def test_questions_know_their_owner_language_and_place(tmp_path: Path) -> None:
    notes, faults = read(
        "hours:\n  questions:\n    - vi:\n        - mấy giờ mở\n      en: [when, ' until when ']\n", tmp_path
    )
    assert notes[HOURS].questions == (
        StoredQuestion("mấy giờ mở", "vi", "cafe/hours", place="notes.yaml:4"),
        StoredQuestion("when", "en", "cafe/hours", place="notes.yaml:5"),
        StoredQuestion("until when", "en", "cafe/hours", place="notes.yaml:5"),
    )
    assert not faults


def test_answer_is_kept_as_the_passage_that_it_quotes(tmp_path: Path) -> None:
    text = "hours:\n  questions:\n    - vi: [nghỉ không]\n      answer: {vi: Chủ nhật nghỉ.}\n    - vi: [mấy giờ]\n"
    notes, faults = read(text, tmp_path)
    assert [dict(question.answers) for question in notes[HOURS].questions] == [{"vi": 1}, {}]
    assert not faults


def test_follow_ups_are_marked(tmp_path: Path) -> None:
    notes, faults = read("hours:\n  follow_ups:\n    vi: [còn giờ giấc thì sao]\n", tmp_path)
    assert [(question.text, question.follow_up) for question in notes[HOURS].questions] == [
        ("còn giờ giấc thì sao", True)
    ]
    assert not faults


def test_related_sections_keep_their_order(tmp_path: Path) -> None:
    notes, faults = read("hours:\n  related: [menu, hours]\n", tmp_path)
    assert notes[HOURS].related == (SectionKey("cafe", "menu"), HOURS)
    assert not faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gio:\n  related: []\n", [(2, "there is no section 'gio' in this folder; there are hours, menu")]),
        ("hours:\n  related:\n    - menu\n    - gia\n", [(4, "there is no section 'gia'; there are hours, menu")]),
        ("hours:\n  related: menu\n", [(2, "related must be a list, not a single value")]),
        (
            "hours:\n  question: []\n",
            [(2, "section 'hours' has the unknown key 'question'; known are related, follow_ups, questions")],
        ),
        ("hours:\n  questions: {vi: [x]}\n", [(2, LIST_OF_GROUPS)]),
        ("hours:\n  questions: mấy giờ\n", [(2, LIST_OF_GROUPS)]),
        ("hours:\n  questions:\n    - fr: [x]\n", [(3, "'fr' is no language; there are vi, en")]),
        ("hours:\n  follow_ups:\n    fr: [x]\n", [(3, "'fr' is no language; there are vi, en")]),
        ("hours:\n  follow_ups:\n    answer: [x]\n", [(3, "'answer' is no language; there are vi, en")]),
        ("hours:\n  questions:\n    - vi: x\n", [(3, "questions in vi must be a list, not a single value")]),
        ("hours: xin chào\n", [(1, "section 'hours' must be a mapping (key: value), not a single value")]),
        ("- hours\n", [(1, "the file must be a mapping (key: value), not a list")]),
    ],
)
def test_what_is_not_allowed_is_a_fault(text: str, expected: list[tuple[int, str]], tmp_path: Path) -> None:
    assert read(text, tmp_path)[1] == expected


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "{vi: Chủ nhật mở.}",
            "no passage of section 'hours' is 'Chủ nhật mở.'; they are ['Mở từ 7 giờ.', 'Chủ nhật nghỉ.']",
        ),
        ("{vi: Chủ nhật}", "no passage of section 'hours' is 'Chủ nhật'; they are ['Mở từ 7 giờ.', 'Chủ nhật nghỉ.']"),
        ("{en: Closed.}", "section 'hours' has no text in 'en'"),
        ("{fr: Fermé.}", "section 'hours' has no text in 'fr'"),
        ("Chủ nhật nghỉ.", "answer must be a mapping (key: value), not a single value"),
        ("{vi: [Chủ nhật nghỉ.]}", "answer must be a text, not a list"),
        ("{vi: 7}", "answer is '7', which YAML does not read as text; put it in quotes"),
    ],
)
def test_answer_that_quotes_no_passage_is_a_fault(answer: str, message: str, tmp_path: Path) -> None:
    notes, faults = read(f"hours:\n  questions:\n    - vi: [x]\n      answer: {answer}\n", tmp_path)
    assert faults == [(4, message)]
    assert not notes[HOURS].questions[0].answers


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("no", "an entry of questions in vi is 'no', which YAML does not read as text; put it in quotes"),
        ("012", "an entry of questions in vi is '012', which YAML does not read as text; put it in quotes"),
        ("''", "an entry of questions in vi is empty"),
        ("{a: b}", "an entry of questions in vi must be a text, not a mapping"),
    ],
)
def test_question_that_is_no_text_is_a_fault_and_no_question(entry: str, message: str, tmp_path: Path) -> None:
    notes, faults = read(f"hours:\n  questions:\n    - vi:\n        - mấy giờ\n        - {entry}\n", tmp_path)
    assert faults == [(5, message)]
    assert [question.text for question in notes[HOURS].questions] == ["mấy giờ"]


@pytest.mark.parametrize("group", ["mấy giờ", "[x]", "{vi: [x], vi: [y]}", "{no: [x]}"])
def test_fault_of_a_group_is_reported_once(group: str, tmp_path: Path) -> None:
    _, faults = read(f"hours:\n  questions:\n    - {group}\n", tmp_path)
    assert [line for line, _ in faults] == [4 - 1]


def test_repeated_section_is_a_fault(tmp_path: Path) -> None:
    _, faults = read("hours: {}\nmenu: {}\nhours: {}\n", tmp_path)
    assert faults == [(3, "the file has the key 'hours' twice")]


def test_one_reading_finds_all_faults(tmp_path: Path) -> None:
    text = "hours:\n  related: [gia]\n  foo: 1\n  questions:\n    - vi: [no]\n      answer: {vi: Sai.}\ngia: {}\n"
    assert [line for line, _ in read(text, tmp_path)[1]] == [2, 3, 6, 5, 7]


def test_empty_file_has_no_questions(tmp_path: Path) -> None:
    assert read("# chưa có gì\n", tmp_path) == ({}, [])


def test_unknown_section_has_a_key_without_a_section(tmp_path: Path) -> None:
    file, faults = yaml_of("gia")
    assert file.root is not None
    assert section_named(file, file.root, "gia", cafe_sections(tmp_path)) == SectionKey("", "")
    assert len(faults) == 1
