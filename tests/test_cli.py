"""The command line, as somebody at a terminal sees it."""

import json
import os
import socket
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from faqbot import __version__
from faqbot.cli import main
from tests.conftest import DATA
from tests.server_process import running_faqbot

LIBRARY = ["--knowledge", str(DATA / "library")]


def faqbot(*arguments: str, **options: str | bytes) -> Result:
    """Run a command; whatever goes wrong, it ends with a status and no traceback."""
    result = CliRunner().invoke(main, arguments, **options)  # type: ignore[arg-type]
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def write(file: Path, *lines: object) -> str:
    """Write a questions file and return its path."""
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return str(file)


@pytest.mark.parametrize("command", [None, *main.commands])
def test_every_command_has_help_with_an_example(command: str | None) -> None:
    result = faqbot(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert f"Example: faqbot {command or 'ask'}" in " ".join(result.stdout.split())


def test_the_version_is_shown() -> None:
    assert faqbot("--version").stdout.strip().endswith(__version__)


def test_a_question_is_answered() -> None:
    result = faqbot("ask", "chủ nhật có mở cửa không", *LIBRARY)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Chủ nhật thư viện nghỉ.")


def test_the_reply_can_be_had_in_the_other_language() -> None:
    result = faqbot("ask", "chủ nhật có mở cửa không", "--lang", "en", *LIBRARY)
    assert "It is closed on Sundays." in result.stdout


def test_an_unknown_language_is_refused() -> None:
    assert faqbot("ask", "hello", "--lang", "fr", *LIBRARY).exit_code == 2


def test_its_own_knowledge_answers_by_default() -> None:
    reply = json.loads(faqbot("ask", "KVM cần bao nhiêu RAM?", "--json").stdout)
    assert (reply["kind"], reply["section"]["id"]) == ("answer", "requirements")


def test_the_environment_names_the_knowledge_unless_an_option_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAQBOT_KNOWLEDGE", str(tmp_path / "nowhere"))
    assert faqbot("ask", "hello", *LIBRARY).exit_code == 0
    assert faqbot("ask", "hello").exit_code == 1


def test_an_explanation_follows_the_reply() -> None:
    result = faqbot("ask", "how much is the finne", "--explain", *LIBRARY)
    assert "read as     finne → fine" in result.stdout


def test_json_stays_json_when_it_is_explained() -> None:
    result = faqbot("ask", "how much is the fine", "--json", "--explain", *LIBRARY)
    assert json.loads(result.stdout)["section"]["id"] == "fines"


@pytest.mark.parametrize(("text", "said"), [("", "is empty"), (" ", "is empty"), ("x" * 2001, "2,001 characters")])
def test_a_question_that_cannot_be_asked_is_an_error_of_one_line(text: str, said: str) -> None:
    result = faqbot("ask", text, *LIBRARY)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith("Error: the message ")
    assert said in result.stderr


@pytest.mark.parametrize("text", ["🎉", "\0", "\udce9", "[/b]", "--", "<script>"])
def test_odd_questions_get_a_reply(text: str) -> None:
    result = faqbot("ask", "--explain", *LIBRARY, "--", text)
    assert (result.exit_code, "unfamiliar" in result.stdout) == (0, True)


def test_without_a_question_it_talks_until_the_input_ends() -> None:
    result = faqbot("ask", *LIBRARY, input="are you open on Sunday\n\ntell me more\n")
    assert (result.exit_code, result.stdout.count("Opening hours")) == (0, 2)
    assert result.stderr == "the message is empty; type a question\n"


def test_a_talk_can_be_explained() -> None:
    result = faqbot("ask", "--explain", "--json", *LIBRARY, input="xin chào\n")
    assert "language    vi" in result.output


def test_input_that_is_not_utf_8_is_no_traceback() -> None:
    assert "Hello!" in faqbot("ask", *LIBRARY, input=b"caf\xe9\nhello\n").stdout


def test_knowledge_without_a_fault_passes_the_check(library_folder: Path) -> None:
    result = faqbot("check", str(library_folder))
    assert result.exit_code == 0
    assert "1 document(s), 4 sections," in result.stdout
    assert "2 topics not covered, 2 concepts, " in result.stdout


@pytest.mark.parametrize(("strict", "status"), [([], 0), (["--strict"], 1)])
def test_a_weak_spot_fails_only_a_strict_check(library_folder: Path, strict: list[str], status: int) -> None:
    (library_folder / "stray.yaml").write_text("x: 1\n", "utf-8")
    result = faqbot("check", str(library_folder), *strict)
    assert result.exit_code == status
    assert f"{library_folder / 'stray.yaml'}: warning: is not used" in result.stdout


def test_its_own_knowledge_passes_the_check() -> None:
    result = faqbot("check")
    assert (result.exit_code, "1 document(s), 15 sections," in result.stdout) == (0, True)


def test_every_fault_is_shown_on_a_line_of_its_own(library_folder: Path) -> None:
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    (library_folder / "guide" / "questions.yaml").write_text("cellar: {}\nattic: {}\n", "utf-8")
    result = faqbot("check", str(library_folder))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("The knowledge cannot be used:\n")
    assert result.stderr.count(": error: ") == 3


@pytest.mark.parametrize("name", ["nowhere", "x" * 300, "loop"])
@pytest.mark.parametrize("command", ["check", "serve"])
def test_knowledge_that_cannot_be_found_is_no_traceback(
    tmp_path: Path, taken_port: int, command: str, name: str
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    options = ["--port", str(taken_port), "--knowledge"] if command == "serve" else []
    result = faqbot(command, *options, str(tmp_path / name))
    assert (result.exit_code, name in result.stderr) == (1, True)


def test_a_folder_whose_name_is_not_utf_8_can_be_used(tmp_path: Path) -> None:
    folder = copytree(DATA / "library", tmp_path / os.fsdecode(b"caf\xe9"))
    assert "Hello!" in faqbot("ask", "hello", "--knowledge", str(folder)).stdout


def test_an_evaluation_is_a_table(tmp_path: Path) -> None:
    file = write(
        tmp_path / "q.jsonl", {"q": "are you open on Sunday", "lang": "en", "style": "plain", "expect": ["hours"]}
    )
    result = faqbot("eval", file, *LIBRARY)
    assert result.exit_code == 0
    assert "│ plain │ en   │ 1 " in result.stdout


def test_an_evaluation_is_json_if_asked_to(tmp_path: Path) -> None:
    file = write(tmp_path / "q.jsonl", {"q": "có máy in không", "lang": "vi", "expect": []})
    result = faqbot("eval", file, "--json", *LIBRARY)
    assert json.loads(result.stdout)["all"]["unanswerable_declined"] == 1.0


def test_misses_are_shown_beside_the_figures(tmp_path: Path) -> None:
    file = write(tmp_path / "q.jsonl", {"q": "are you open on Sunday", "lang": "en", "expect": ["fines"]})
    result = faqbot("eval", file, "--json", "--misses", "1", *LIBRARY)
    assert json.loads(result.stdout)["all"]["wrong"] == 1.0
    assert "wanted fines" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"q": "x", "lang": "en", "expect": []}\n\n[]\n', ":3: an object is needed"),
        (b"", "there is no question in it"),
        (b"\xff\n", "cannot be read"),
    ],
)
def test_a_bad_questions_file_stops_the_evaluation(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "q.jsonl").write_bytes(content)
    result = faqbot("eval", str(tmp_path / "q.jsonl"), *LIBRARY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_a_questions_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b'\xef\xbb\xbf{"q": "x", "lang": "en", "expect": []}\n')
    assert faqbot("eval", str(tmp_path / "q.jsonl"), *LIBRARY).exit_code == 0


@pytest.mark.parametrize("command", [["eval"], ["calibrate", "--questions"]])
def test_a_questions_file_that_is_not_there_is_an_error(tmp_path: Path, command: list[str]) -> None:
    result = faqbot(*command, str(tmp_path / "nowhere.jsonl"), *LIBRARY)
    assert result.exit_code == 1
    assert "nowhere.jsonl cannot be read (No such file or directory)" in result.stderr


def test_calibration_writes_a_file_that_is_used(library_folder: Path) -> None:
    result = faqbot("calibrate", "--knowledge", str(library_folder))
    assert result.stdout == f"wrote {library_folder / 'calibration.yaml'}\n"
    assert faqbot("check", str(library_folder)).exit_code == 0


def test_calibration_that_cannot_be_done_says_why(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Bakery\n\n## Bread\n\nThe bakery sells bread.\n", "utf-8")
    result = faqbot("calibrate", "--knowledge", str(tmp_path / "note.md"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "0 questions are stored in it; calibration needs 20 or more in questions.yaml" in result.stderr


@pytest.mark.parametrize("option", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--workers", "0"]])
def test_a_server_with_bad_options_does_not_start(tmp_path: Path, option: list[str]) -> None:
    assert faqbot("serve", *option, "--knowledge", str(tmp_path / "nowhere")).exit_code == 2


def test_a_server_does_not_start_on_a_taken_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    monkeypatch.setenv("FAQBOT_DATA", str(tmp_path))
    result = faqbot("serve", "--port", str(taken_port), *LIBRARY)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: cannot listen on 127.0.0.1, port ")


def test_a_server_with_a_short_key_does_not_start(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setenv("FAQBOT_SECRET_KEY", "short")
    assert "FAQBOT_SECRET_KEY is too short" in faqbot("serve", "--port", str(taken_port), *LIBRARY).stderr


def in_pieces(port: int, pieces: Sequence[bytes]) -> bytes:
    """Post a body without saying how long it is; return the response."""
    lines = ["POST /api/chat HTTP/1.1", "Host: faqbot", "Content-Type: application/json", "Transfer-Encoding: chunked"]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        for piece in [*pieces, b""]:
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        return connection.recv(1_000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_answers_until_it_is_stopped(tmp_path: Path, host: str) -> None:
    with running_faqbot(DATA / "library", tmp_path, {}, "--host", host) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request(
            "POST", "/api/chat", '{"message": "how long can I keep a book"}', {"Content-Type": "application/json"}
        )
        reply = json.load(connection.getresponse())
        connection.close()
        refused = in_pieces(server.port, [b"x" * 22_000] * 3)
        server.stop()
        log = server.log.read_text("utf-8")
    assert reply["passage"] == "The loan period is 14 days."
    assert f"faqbot answers at http://{host}:{server.port}/" in log
    assert refused.startswith(b"HTTP/1.1 413 ")
    assert (server.process.returncode, "Traceback" in log) == (0, False)
