"""From a folder on disk to an assistant that answers."""

from pathlib import Path

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.errors import KnowledgeError
from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds
from faqbot.matching.evidence import OWNER_EVIDENCE
from faqbot.startup import add_meaning, load_assistant
from tests.embeddings.endpoint import Endpoint

OUTSIDE = Question("where can I buy a pizza")
QUESTION = Question("mượn được bao lâu")


def answer_everything(folder: Path) -> None:
    """Write a calibration by which nothing is declined."""
    calibration = Calibration(DEFAULT.weights, Thresholds(answer=0.0, clarify=0.0))
    (folder / "calibration.yaml").write_text(calibration.to_yaml(), "utf-8")


def test_a_folder_becomes_an_assistant(library_folder: Path) -> None:
    reply = load_assistant(library_folder).ask(QUESTION)
    assert (str(reply.section), reply.passage) == ("guide/loans", "Hạn mượn là 14 ngày.")


def test_a_single_file_becomes_an_assistant(library_folder: Path) -> None:
    knowledge = load_assistant(library_folder / "guide" / "library.en.md").knowledge
    assert [section.key.section for section in knowledge.sections] == ["hours", "loans", "renewal", "fines"]
    assert knowledge.questions == ()


def test_the_calibration_beside_the_knowledge_counts(library_folder: Path) -> None:
    answer_everything(library_folder)
    assert load_assistant(library_folder).ask(OUTSIDE).kind == "answer"


def test_a_faulty_calibration_is_refused(library_folder: Path) -> None:
    (library_folder / "calibration.yaml").write_text("weights: {word: heavy}\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"calibration\.yaml: error: is no calibration file"):
        load_assistant(library_folder)


def test_faulty_knowledge_is_refused_however_often_it_is_loaded(library_folder: Path) -> None:
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"glossary\.yaml"):
            load_assistant(library_folder)


@pytest.mark.parametrize("name", ["nowhere", "x" * 300])
def test_knowledge_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match=name):
        load_assistant(tmp_path / name)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(KnowledgeError, match="loop"):
        load_assistant(tmp_path / "loop")


def test_an_assistant_from_the_cache_answers_alike(library_folder: Path) -> None:
    first, second = load_assistant(library_folder), load_assistant(library_folder)
    assert first.ask(QUESTION) == second.ask(QUESTION)
    assert first.search(QUESTION.text).matches == second.search(QUESTION.text).matches


@pytest.mark.parametrize("file", ["guide/library.vi.md", "guide/questions.yaml", "glossary.yaml"])
def test_an_edited_file_is_not_answered_from_the_cache(library_folder: Path, file: str) -> None:
    before = load_assistant(library_folder).knowledge.revision
    with (library_folder / file).open("a", encoding="utf-8") as edited:
        edited.write("\n")
    assert load_assistant(library_folder).knowledge.revision != before


def test_a_new_calibration_is_not_answered_from_the_cache(library_folder: Path) -> None:
    assert load_assistant(library_folder).ask(OUTSIDE).kind == "decline"
    answer_everything(library_folder)
    assert load_assistant(library_folder).ask(OUTSIDE).kind == "answer"


def test_without_an_endpoint_nothing_compares_by_meaning(library: Assistant) -> None:
    assert add_meaning(library, None) is None
    assert library.matcher.meaning is None


def test_an_endpoint_compares_by_meaning_once_it_knows_the_texts(endpoint: Endpoint, library_folder: Path) -> None:
    assistant = load_assistant(library_folder)
    meaning = add_meaning(assistant, endpoint.url)
    assert meaning is not None
    meaning.settle()
    evidence = assistant.search("are you open on Sunday").evidence
    column = evidence.owners[:, OWNER_EVIDENCE.index("meaning")]
    assert column.argmax() == assistant.matcher.index.rows["guide/hours"]
    assert endpoint.sent[-1] == ["are you open on Sunday"]


def test_an_endpoint_that_is_down_changes_no_answer(nowhere: str, library_folder: Path) -> None:
    plain, lonely = load_assistant(library_folder), load_assistant(library_folder)
    meaning = add_meaning(lonely, nowhere)
    assert meaning is not None
    meaning.settle()
    question = Question("are you open on Sunday")
    assert lonely.ask(question) == plain.ask(question)
