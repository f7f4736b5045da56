"""The bench command, as somebody at a terminal sees it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faqbot.bench import measure
from faqbot.bench.peers import PEERS
from faqbot.cli import main
from faqbot.commands import measuring
from tests.conftest import DATA


def bench(*arguments: object) -> Result:
    """Run the command about the library; whatever goes wrong, it ends with a status and no traceback."""
    options = [str(each) for each in ("--knowledge", DATA / "library", *arguments)]
    result = CliRunner().invoke(main, ["bench", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of one labelled question."""
    file = tmp_path / "labelled.jsonl"
    file.write_text(json.dumps({"q": "how much is the fine", "lang": "en", "expect": ["fines"]}), "utf-8")
    return file


def test_methods_are_compared_and_growth_is_shown(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "PEERS", {})
    result = bench("--cases", cases, "--size", 20)
    assert result.exit_code == 0
    assert [word in result.stdout for word in ("labelled", "faqbot", "1.000", "questions", "20")] == [True] * 5


def test_without_a_set_the_matcher_is_measured_on_made_up_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "DEFAULT_SIZE", 40)
    result = bench()
    assert (result.exit_code, "40" in result.stdout) == (0, True)


def test_a_peer_that_is_not_installed_is_an_error_of_one_line(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bm25s.py").write_text("raise ModuleNotFoundError('No module named bm25s', name='bm25s')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(measure, "PEERS", {"bm25s": PEERS["bm25s"]})
    result = bench("--cases", cases)
    assert (result.exit_code, "bm25s" in result.stderr) == (1, True)


def test_a_questions_file_that_is_not_there_is_an_error_of_one_line(tmp_path: Path) -> None:
    result = bench("--cases", tmp_path / "nowhere.jsonl")
    assert (result.exit_code, result.stderr.count("\n"), result.stdout) == (1, 1, "")
    assert "nowhere.jsonl" in result.stderr


def test_a_questions_file_that_is_not_utf_8_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_bytes(b'{"q": "caf\xe9"}')
    result = bench("--cases", tmp_path / "odd.jsonl")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "odd.jsonl" in result.stderr


def test_a_bad_line_is_named(cases: Path) -> None:
    cases.write_text("not JSON", "utf-8")
    result = bench("--cases", cases)
    assert (result.exit_code, f"{cases}:1: not JSON" in result.stderr) == (1, True)


def test_a_bad_xquad_file_is_named(squad: Path) -> None:
    (squad / "tiny.vi.json").write_text("{}", "utf-8")
    result = bench("--xquad", squad)
    assert (result.exit_code, "tiny.vi.json: no file in SQuAD's format" in result.stderr) == (1, True)


def test_an_xquad_folder_without_a_file_is_an_error(tmp_path: Path) -> None:
    result = bench("--xquad", tmp_path / "nowhere")
    assert (result.exit_code, "nowhere" in result.stderr) == (1, True)


@pytest.mark.parametrize("size", ["0", "19", "many"])
def test_a_size_too_small_is_refused(size: str) -> None:
    assert bench("--size", size).exit_code == 2
