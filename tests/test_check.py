"""Look for weak spots in knowledge that loads."""

from pathlib import Path

import pytest

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.check import FEWEST_QUESTIONS, check
from faqbot.errors import Fault
from faqbot.knowledge.loader import load
from tests.conftest import DATA


def found(folder: Path) -> list[Fault]:
    return check(Assistant(load(folder)), folder)


def messages(folder: Path) -> list[str]:
    return [fault.message for fault in found(folder)]


def line_of(file: Path, text: str) -> int:
    return next(number for number, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line)


@pytest.fixture
def questions(library_folder: Path) -> Path:
    return library_folder / "guide" / "questions.yaml"


def replace(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def test_sound_knowledge_has_no_weak_spot(library: Assistant) -> None:
    assert check(library, DATA / "library") == []


def test_section_with_few_questions_in_one_language_is_named(library_folder: Path, questions: Path) -> None:
    replace(questions, '        - "overdue fee"\n', "")
    count = FEWEST_QUESTIONS - 1
    message = f"section guide/fines has {count} questions in 'en'; {FEWEST_QUESTIONS} or more find it better"
    assert found(library_folder) == [Fault(str(library_folder), 0, "warning", message)]


def test_section_without_a_question_is_named_in_each_language(library_folder: Path, questions: Path) -> None:
    text = questions.read_text("utf-8")
    questions.write_text(text[: text.index("fines:\n")], "utf-8")
    few = [
        message for message in messages(library_folder) if message.startswith("section guide/fines has 0 questions in")
    ]
    assert len(few) == 2


def test_follow_ups_do_not_count_as_questions(library_folder: Path, questions: Path) -> None:
    replace(questions, '        - "overdue fee"\n', "")
    replace(questions, "fines:\n", 'fines:\n  follow_ups:\n    en: ["and the overdue fee"]\n')
    assert any("has 4 questions in 'en'" in message for message in messages(library_folder))


def test_document_without_any_question_may_do_without() -> None:
    path = DATA / "library" / "guide" / "library.vi.md"
    assert found(path) == []


@pytest.mark.parametrize("repeated", ["quên trả sách", "Quên trả sách"])
def test_question_of_two_sections_is_named_with_its_place(repeated: str, library_folder: Path, questions: Path) -> None:
    replace(questions, "kéo dài thời gian mượn", repeated)
    line = len(questions.read_text("utf-8").partition("trả trễ")[0].splitlines()) + 4
    message = "'quên trả sách' of guide/fines is also a question of guide/renewal"
    assert Fault(str(questions), line, "warning", message) in found(library_folder)


def test_alike_questions_that_differ_in_a_word_are_two(library_folder: Path, questions: Path) -> None:
    replace(questions, "renew a book", "renewal fee")
    assert messages(library_folder) == []


def test_long_questions_that_differ_by_a_letter_are_one(library_folder: Path, questions: Path) -> None:
    replace(questions, "renew a book", "what happens if I returned it late")
    assert any("is also a question of guide/renewal" in message for message in messages(library_folder))


def test_section_may_repeat_its_own_questions(library_folder: Path, questions: Path) -> None:
    replace(questions, '"overdue fee"', '"penalty for late book"')
    assert messages(library_folder) == []


def test_question_that_leads_elsewhere_is_named_with_its_place(library_folder: Path, questions: Path) -> None:
    replace(questions, "renew a book", "how much is the fine")
    lost = [fault for fault in found(library_folder) if " finds " in fault.message]
    assert {(fault.file, fault.line in range(1, 99)) for fault in lost} == {(str(questions), True)}
    assert "'how much is the fine' of guide/fines finds guide/renewal" in [fault.message for fault in lost]


def test_question_of_a_topic_that_a_section_owns_is_lost(library_folder: Path) -> None:
    topics = library_folder / "guide" / "not-covered.yaml"
    replace(topics, "is there a printer", "how much is the fine")
    lost = [message for message in messages(library_folder) if " finds " in message]
    assert lost == ["'how much is the fine' of topic:printing finds guide/fines"] or lost == [
        "'how much is the fine' of guide/fines finds topic:printing"
    ]


def test_follow_up_may_be_a_question_of_another_section(library_folder: Path, questions: Path) -> None:
    replace(questions, "what about borrowing", "when does the library open")
    assert messages(library_folder) == []


def test_question_too_long_to_be_typed_is_named(library_folder: Path, questions: Path) -> None:
    replace(questions, "overdue fee", "fee " * LONGEST_MESSAGE)
    assert [(fault.file, fault.line) for fault in found(library_folder)] == [
        (str(questions), line_of(questions, "fee fee"))
    ]


def test_warnings_of_the_loader_come_along_in_the_order_of_the_files(library_folder: Path, questions: Path) -> None:
    (library_folder / "extra.yaml").write_text("x: y\n", "utf-8")
    replace(questions, "renew a book", "how much is the fine")
    faults = found(library_folder)
    assert faults == sorted(faults)
    assert str(library_folder / "extra.yaml") in {fault.file for fault in faults}
