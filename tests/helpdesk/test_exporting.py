"""Edits go into the files, and what is loaded from them is what the edits made of it."""

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.errors import EditError, KnowledgeError
from faqbot.helpdesk.exporting import export
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, content_of
from faqbot.knowledge.loader import load, shipped_knowledge
from faqbot.knowledge.model import SectionKey
from faqbot.knowledge.overlay import load_overlaid
from faqbot.store.store import Store
from tests.conftest import DATA
from tests.knowledge.editing import EVENINGS, GOOD, LOANS, LONGEST, ROOMS, SCANNER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'data' / 'faqbot.sqlite3'}")
    yield opened
    opened.close()


def keep(store: Store, *edits: KnowledgeEdit) -> list[int]:
    return [store.edits.add(edit.kind, content_of(edit), author="mai") for edit in edits]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=15)
@given(st.lists(st.sampled_from(GOOD), unique_by=id))
def test_what_is_exported_is_what_was_laid_over(
    tmp_path_factory: pytest.TempPathFactory, edits: list[KnowledgeEdit]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    knowledge = Path(copytree(DATA / "library", folder / "library"))
    store = Store(f"sqlite:///{folder / 'faqbot.sqlite3'}")
    numbers = keep(store, *edits)
    overlaid = load_overlaid(knowledge, store.edits.in_force())
    assert export(knowledge, store).edits == tuple(numbers)
    assert load(knowledge) == overlaid
    assert store.edits.in_force() == ()
    store.close()


def test_every_stored_question_is_answered_as_before_the_export(library_folder: Path, store: Store) -> None:
    keep(store, *GOOD)
    before = Assistant(load_overlaid(library_folder, store.edits.in_force()))
    export(library_folder, store)
    after = Assistant(load(library_folder))
    questions = [Question(question.text) for question in before.knowledge.questions]
    assert [after.ask(each) for each in questions] == [before.ask(each) for each in questions]


def test_exporting_again_changes_nothing(library_folder: Path, store: Store) -> None:
    keep(store, *GOOD)
    export(library_folder, store)
    before = contents(library_folder)
    done = export(library_folder, store)
    assert (done.files, done.edits) == ((), ())
    assert contents(library_folder) == before


def test_only_lines_are_added(library_folder: Path, store: Store) -> None:
    keep(store, EVENINGS, LONGEST, SCANNER)
    before = contents(library_folder)
    export(library_folder, store)
    for name, content in contents(library_folder).items():
        lines = iter(content.splitlines())
        assert all(line in lines for line in before[name].splitlines())


def test_a_byte_order_mark_and_who_may_read_stay(library_folder: Path, store: Store) -> None:
    file = library_folder / "guide" / "questions.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    file.chmod(0o644)
    keep(store, EVENINGS)
    export(library_folder, store)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf# ") or file.read_bytes().startswith(b"\xef\xbb\xbfhours")
    assert file.stat().st_mode & 0o777 == 0o644


def test_an_edit_that_cannot_be_made_stays_in_the_store(library_folder: Path, store: Store) -> None:
    keep(store, MoreQuestions(SectionKey("guide", "cellar"), (("vi", "hầm rượu ở đâu"),)), EVENINGS)
    done = export(library_folder, store)
    assert [each.reason for each in done.refused] == ["no_section"]
    assert [edit.id for edit in store.edits.in_force()] == [1]


def test_an_export_that_ended_half_way_is_ended_by_the_next(library_folder: Path, store: Store) -> None:
    keep(store, ROOMS, EVENINGS)
    whole = load_overlaid(library_folder, store.edits.in_force()).revision
    english = library_folder / "guide" / "library.en.md"
    kept = english.read_bytes()
    english.unlink()
    english.mkdir()
    with pytest.raises((EditError, KnowledgeError)):
        export(library_folder, store)
    english.rmdir()
    english.write_bytes(kept)
    assert len(store.edits.in_force()) == 2
    export(library_folder, store)
    assert load(library_folder).revision == whole


def test_files_with_faults_are_left_alone(library_folder: Path, store: Store) -> None:
    keep(store, EVENINGS)
    (library_folder / "glossary.yaml").write_text("[", "utf-8")
    before = contents(library_folder)
    with pytest.raises(KnowledgeError):
        export(library_folder, store)
    assert contents(library_folder) == before


def test_a_single_file_cannot_hold_questions(library_folder: Path, store: Store) -> None:
    keep(store, MoreQuestions(SectionKey("library", "hours"), (("en", "open at night?"),)))
    with pytest.raises(EditError, match="single file"):
        export(library_folder / "guide" / "library.en.md", store)
    assert len(store.edits.in_force()) == 1


def test_large_knowledge_takes_no_more_than_seconds(tmp_path: Path, store: Store) -> None:
    knowledge = Path(copytree(shipped_knowledge(), tmp_path / "knowledge"))
    keep(store, *(MoreQuestions(SectionKey("kvm", "overview"), (("vi", f"câu hỏi số {each}"),)) for each in range(50)))
    began = time.process_time()
    assert len(export(knowledge, store).edits) == 50
    assert time.process_time() - began < 10


def test_what_an_edit_quotes_must_be_there(library_folder: Path, store: Store) -> None:
    keep(store, MoreQuestions(LOANS, (("vi", "mấy hôm"),), {"vi": "Hạn mượn là 3 ngày."}))
    assert [each.reason for each in export(library_folder, store).refused] == ["no_passage"]
