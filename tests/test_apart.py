"""An assistant that another process builds is the same, and so are the faults that keep it from being built."""

import sys
from pathlib import Path

import pytest

from faqbot.apart import load_apart
from faqbot.assistant import Question
from faqbot.errors import KnowledgeError
from faqbot.startup import build_assistant, load_assistant
from tests.knowledge.editing import ROOMS, kept

QUESTIONS = [Question(text) for text in ("mượn được bao lâu", "are you open on Sunday", "where can I buy a pizza")]


def test_it_answers_as_one_that_is_built_here(library_folder: Path) -> None:
    apart, here = load_apart(library_folder), build_assistant(library_folder)
    assert [apart.ask(each) for each in QUESTIONS] == [here.ask(each) for each in QUESTIONS]
    assert apart.knowledge == here.knowledge


def test_it_has_the_edits(library_folder: Path) -> None:
    edits = kept(ROOMS)
    assert load_apart(library_folder, edits).knowledge == build_assistant(library_folder, edits).knowledge


def test_it_is_found_in_the_cache_afterwards(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_apart(library_folder)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert load_apart(library_folder).knowledge == load_assistant(library_folder).knowledge == first.knowledge


def test_faults_come_through_with_their_places(library_folder: Path) -> None:
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_apart(library_folder)
    with pytest.raises(KnowledgeError) as expected:
        build_assistant(library_folder)
    assert raised.value.faults == expected.value.faults


@pytest.mark.parametrize("program", ["", "/nowhere/python", "/bin/false", "/bin/echo"])
def test_where_no_process_builds_it_is_built_here(
    library_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert load_apart(library_folder).knowledge == build_assistant(library_folder).knowledge
    assert "loaded by the server itself" in caplog.text


def test_a_cache_that_cannot_be_written_is_done_without(
    library_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert load_apart(library_folder).knowledge == build_assistant(library_folder).knowledge
