"""Replies and figures on a terminal."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from faqbot import terminal
from faqbot.assistant import Assistant
from faqbot.errors import QuestionError
from faqbot.evaluation import Outcome, run
from faqbot.knowledge.cases import Case
from faqbot.reply import Conversation
from faqbot.startup import load_assistant

ANSWERED = Case("are you open on Sunday", "en", "plain", ("hours",), "closed")
MISSED = Case("are you open on Sunday", "en", "odd", ("fines",), None)
OUTSIDE = Case("có máy in không", "vi", "plain", (), None)
Read = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Read:
    """Return what was printed since the last call."""
    return lambda: capsys.readouterr().out


@pytest.fixture
def complained(capsys: pytest.CaptureFixture[str]) -> Read:
    """Return what was printed on the error stream since the last call."""
    return lambda: capsys.readouterr().err


def outcomes(library: Assistant, *cases: Case) -> list[Outcome]:
    return run(library, cases)


def test_a_reply_is_printed_with_its_section_and_confidence(library: Assistant, said: Read) -> None:
    terminal.as_text(library, "are you open on Sunday", None, None)
    lines = said().splitlines()
    assert (lines[0], lines[-1]) == ("It is closed on Sundays.", "guide/hours · 99%")
    assert "Opening hours" in lines


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("có máy in không", "Tài liệu chưa có thông tin về in ấn. Bạn hỏi quầy thủ thư nhé."),
        ("hello", "Hello! What would you like to know about the library?"),
    ],
)
def test_what_is_no_answer_is_printed_bare(library: Assistant, said: Read, text: str, reply: str) -> None:
    terminal.as_text(library, text, None, None)
    assert said() == f"{reply}\n"


def test_brackets_in_a_document_are_not_taken_for_markup(library_folder: Path, said: Read) -> None:
    document = library_folder / "guide" / "library.en.md"
    document.write_text(document.read_text("utf-8").replace("7 more days", "7 [/b] more days"), "utf-8")
    terminal.as_text(load_assistant(library_folder), "how often can I renew", None, None)
    assert "for 7 [/b] more days" in said()


def test_json_is_the_replys_fields(library: Assistant, said: Read) -> None:
    terminal.as_json(library, "chủ nhật có mở cửa không", "en", None)
    text = said()
    assert json.loads(text)["passage"] == "It is closed on Sundays."


def test_json_keeps_the_letters_as_they_are(library: Assistant, said: Read) -> None:
    terminal.as_json(library, "chủ nhật có mở cửa không", None, None)
    assert "Chủ nhật thư viện nghỉ." in said()


@pytest.mark.parametrize("show", [terminal.as_text, terminal.as_json])
def test_the_conversation_is_carried_on(library: Assistant, said: Read, show: terminal.Show) -> None:
    conversation = show(library, "are you open on Sunday", None, None)
    said()
    show(library, "tell me more", None, conversation)
    assert "Opening hours" in said()


@pytest.mark.parametrize("show", [terminal.as_text, terminal.as_json])
def test_an_empty_message_is_an_error(library: Assistant, show: terminal.Show) -> None:
    with pytest.raises(QuestionError, match="empty"):
        show(library, "  ", None, None)


def test_a_talk_goes_on_until_the_input_ends(
    library: Assistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("are you open on Sunday\n\ntell me more\n"))
    terminal.converse(library, None, terminal.as_text, None)
    printed = capsys.readouterr()
    assert printed.out.count("Opening hours") == 2
    assert printed.err == "the message is empty; type a question\n"


def test_a_talk_in_a_chosen_language_is_explained_line_by_line(
    library: Assistant, said: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", StringIO("hello\nxin chào\n"))
    terminal.converse(library, "vi", terminal.as_text, lambda _, line, before: asked.append(line))
    assert asked == ["hello", "xin chào"]
    assert said().count("Chào bạn! Bạn cần tìm gì trong nội quy thư viện?") == 2


def test_ctrl_c_ends_a_talk(library: Assistant, said: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Conversation:
        raise KeyboardInterrupt

    class Interrupted(StringIO):
        readline = interrupt  # type: ignore[assignment]

    monkeypatch.setattr("sys.stdin", Interrupted())
    terminal.converse(library, None, terminal.as_text, None)
    assert said() == "> \n"


def test_an_explanation_shows_how_the_message_was_read(library: Assistant, said: Read) -> None:
    terminal.explain(library, "how much is the finne")
    text = said()
    assert "read as     finne → fine" in text
    assert "language    en" in text


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("are you open on Sunday", "(exact)"),
        ("có máy in không", "nearest topic printing (In ấn)"),
        ("xin [/b] chào", "language    vi"),
        ("🎉", "language    -"),
        ("how much is the fine", "concepts    fine"),
    ],
)
def test_any_message_is_explained(library: Assistant, said: Read, message: str, line: str) -> None:
    terminal.explain(library, message)
    assert line in said()


def test_a_line_that_carries_on_is_explained_as_it_was_ranked(
    library: Assistant, said: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("tiền phạt mỗi ngày\ncòn gia hạn\n"))
    terminal.converse(library, None, terminal.as_text, terminal.explain)
    text = said()
    first, second = (line.split()[1:] for line in text.splitlines() if line.startswith("words"))
    assert (first, second) == (["tiền", "phạt", "mỗi", "ngày"], ["gia", "hạn"])


def test_keystrokes_are_explained(library: Assistant, said: Read) -> None:
    terminal.explain(library, "gia hanj sachs")
    assert "sachs → sách" in said()


def test_a_lone_section_is_explained(tmp_path: Path, said: Read) -> None:
    (tmp_path / "note.en.md").write_text("# Bakery\n\n## Bread\n\nThe bakery sells bread.\n", "utf-8")
    terminal.explain(load_assistant(tmp_path / "note.en.md"), "bread")
    assert "margin" in said()


def test_brackets_in_a_topic_are_not_taken_for_markup(library_folder: Path, said: Read) -> None:
    topics = library_folder / "guide" / "not-covered.yaml"
    topics.write_text(topics.read_text("utf-8").replace("printing:", '"[/print]":'), "utf-8")
    terminal.explain(load_assistant(library_folder), "is there a printer")
    assert "nearest topic [/print]" in said()


def test_work_under_a_progress_bar_returns_what_it_made(complained: Read) -> None:
    def work(advance: Callable[[], None]) -> str:
        advance()
        return "done"

    assert terminal.with_progress([ANSWERED], work) == "done"


def test_figures_are_shown_by_style_and_in_all(library: Assistant, said: Read) -> None:
    terminal.figures(outcomes(library, ANSWERED, MISSED, OUTSIDE))
    text = said()
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in text.splitlines() if line.startswith("│")]
    assert [row[:3] for row in rows] == [
        ["plain", "en", "1"],
        ["odd", "en", "1"],
        ["plain", "vi", "0"],
        ["all", "", "2"],
    ]
    assert rows[3][3] == "0.500"


@pytest.mark.parametrize("style", ["[/b]", "[bold]", "\ud800odd"])
@pytest.mark.parametrize("show", [terminal.figures, terminal.figures_as_json])
def test_any_style_is_shown(library: Assistant, said: Read, show: Callable[[list[Outcome]], None], style: str) -> None:
    show(outcomes(library, Case("are you open on Sunday", "en", style, ("hours",), None)))
    assert style.removeprefix("\ud800") in said()


def test_figures_as_json(library: Assistant, said: Read) -> None:
    terminal.figures_as_json(outcomes(library, ANSWERED, MISSED, OUTSIDE))
    said_figures = json.loads(said())
    assert set(said_figures["by_style"]) == {"plain en", "odd en", "plain vi"}
    assert (said_figures["all"]["answerable"], said_figures["all"]["right"]) == (2, 0.5)
    assert said_figures["by_style"]["plain vi"]["top_1"] is None


def test_misses_are_shown_with_what_was_wanted(library: Assistant, complained: Read) -> None:
    unanswerable = Case("is it open on Saturday", "en", "odd", (), None)
    terminal.misses(outcomes(library, ANSWERED, MISSED, unanswerable), 5)
    text = complained()
    assert "answer hours 0.99, wanted fines" in text
    assert "wanted decline" in text


@pytest.mark.parametrize(("most", "shown"), [(0, 0), (1, 1), (9, 3)])
def test_no_more_misses_are_shown_than_asked_for(library: Assistant, complained: Read, most: int, shown: int) -> None:
    terminal.misses(outcomes(library, MISSED, MISSED, MISSED), most)
    assert complained().count("wanted") == shown


@pytest.mark.parametrize("text", ["is it [/b] open", "is it \ud800 open"])
def test_any_missed_question_is_shown(library: Assistant, complained: Read, text: str) -> None:
    terminal.misses(outcomes(library, Case(text, "en", "odd", ("[/x]",), None)), 1)
    assert "wanted [/x]" in complained()
