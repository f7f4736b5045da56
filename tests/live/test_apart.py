"""An assistant that another process builds is the same, and so are the faults that keep it from being built."""

import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.errors import KnowledgeError
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.live.apart import load_apart
from faqbot.startup import build_assistant, load_assistant
from faqbot.web.serve import take_short_turns
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


def asked_while(assistant: Assistant, work: Callable[[], object]) -> list[float]:
    """Ask 50 times a second from each of two threads while work is done; return how long each reply took, in ms."""
    took: list[float] = []
    done = Event()

    def ask(questions: list[Question]) -> None:
        for question in cycle(questions):
            began = perf_counter()
            assistant.ask(question)
            took.append(1_000 * (perf_counter() - began))
            if done.wait(0.02):
                return

    questions = [Question(each.text) for each in assistant.knowledge.cases]
    askers = [Thread(target=ask, args=(questions[at::2],)) for at in range(2)]
    for asker in askers:
        asker.start()
    work()
    done.set()
    for asker in askers:
        asker.join()
    return sorted(took)


@pytest.mark.timing
def test_answers_are_disturbed_less_than_by_loading_here(
    kvm: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    before = sys.getswitchinterval()
    take_short_turns()
    knowledge = shipped_knowledge()
    quiet = asked_while(kvm, lambda: Event().wait(2))
    apart = asked_while(kvm, lambda: load_apart(knowledge))
    here = asked_while(kvm, lambda: build_assistant(knowledge))
    sys.setswitchinterval(before)
    for name, took in (("quiet", quiet), ("apart", apart), ("here", here)):
        print(f"{name}: {len(took)} replies, median {median(took):.1f} ms, 99% {took[len(took) * 99 // 100]:.1f} ms")
    assert median(apart) < median(here)
