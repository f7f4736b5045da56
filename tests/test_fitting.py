"""A knowledge folder is calibrated by its own questions, if it has enough of them."""

from pathlib import Path

import pytest

from faqbot.errors import CalibrationError, KnowledgeError
from faqbot.fitting import FEWEST_LABELLED, FEWEST_STORED, calibrate_folder
from faqbot.knowledge.cases import Case
from faqbot.matching.calibration import DEFAULT, calibration_of

INSIDE = Case("is it open", "en", "plain", ("hours",), None)
OUTSIDE = Case("pizza", "en", "plain", (), None)
LABELLED = [INSIDE, OUTSIDE] * (FEWEST_LABELLED // 2)


def bakery(folder: Path, questions: int) -> Path:
    """A folder with two sections and so many stored questions."""
    document = "# Bakery\n\n## Bread\n\nWe sell bread.\n\n## Hours\n\nWe open at 7.\n"
    (folder / "bakery.en.md").write_text(document, "utf-8")
    asked = [f"what about bread of kind {number}" for number in range(questions)]
    (folder / "questions.yaml").write_text(f"bread: {{questions: [{{en: {asked}}}]}}\n", "utf-8")
    return folder


def test_what_is_written_is_used(library_folder: Path) -> None:
    assert calibration_of(library_folder) == DEFAULT
    target = calibrate_folder(library_folder, [])
    assert target == library_folder / "calibration.yaml"
    assert calibration_of(library_folder).weights.by_name() != DEFAULT.weights.by_name()


def test_labelled_questions_take_part(library_folder: Path) -> None:
    alone = calibrate_folder(library_folder, []).read_text("utf-8")
    assert calibrate_folder(library_folder, LABELLED).read_text("utf-8") != alone


@pytest.mark.parametrize("count", [1, FEWEST_STORED - 1])
def test_too_few_stored_questions_are_refused_and_nothing_is_written(count: int, tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=f"{count} questions are stored in it; .* needs {FEWEST_STORED} or more"):
        calibrate_folder(bakery(tmp_path, count), [])
    assert not (tmp_path / "calibration.yaml").exists()


def test_just_enough_stored_questions_will_do(tmp_path: Path) -> None:
    assert calibrate_folder(bakery(tmp_path, FEWEST_STORED), []).exists()


def test_too_few_labelled_questions_are_refused(library_folder: Path) -> None:
    with pytest.raises(CalibrationError, match=f"39 labelled questions are too few .* {FEWEST_LABELLED} or more"):
        calibrate_folder(library_folder, LABELLED[1:])


def test_a_labelled_section_that_is_not_there_is_refused(library_folder: Path) -> None:
    unknown = Case("mấy giờ mở cửa", "vi", "plain", ("opening",), None)
    with pytest.raises(CalibrationError, match="no section opening; it has hours, loans, renewal, fines"):
        calibrate_folder(library_folder, [*LABELLED, unknown])


def test_a_file_that_cannot_be_written_is_an_error(library_folder: Path) -> None:
    (library_folder / "calibration.yaml").mkdir()
    with pytest.raises(CalibrationError, match=r"calibration\.yaml cannot be written"):
        calibrate_folder(library_folder, [])


def test_faulty_knowledge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        calibrate_folder(tmp_path / "nowhere", [])
