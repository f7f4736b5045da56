"""Knowledge that does not load is seen before the server is started with it."""

from pathlib import Path

from faqbot.doctor.knowledge import knowledge
from tests.doctor.looking import levels, look


def test_knowledge_that_loads_is_well(library_folder: Path) -> None:
    found = look(knowledge, KNOWLEDGE=library_folder)
    assert "4 sections" in found[0].found
    assert set(levels(found)) <= {"ok", "warning"}


def test_every_fault_of_the_knowledge_is_named_with_its_line(library_folder: Path) -> None:
    file = library_folder / "guide" / "questions.yaml"
    file.write_text("nowhere:\n  questions: [1]\ncellar: 5\n", "utf-8")
    found = look(knowledge, KNOWLEDGE=library_folder)
    assert levels(found)[:2] == ["fault", "fault"]
    assert found[0].where.startswith(f"{file}:")


def test_a_folder_that_is_not_there_is_named_without_a_line(tmp_path: Path) -> None:
    found = look(knowledge, KNOWLEDGE=tmp_path / "nowhere")
    assert [each.where for each in found] == [str(tmp_path / "nowhere")]
