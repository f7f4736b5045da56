"""How the server writes its log."""

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from faqbot.settings import Settings
from faqbot.settings.reading import LOG_FORMATS, LOG_LEVELS
from faqbot.web.app import create_app
from faqbot.web.logs import JsonLines, RequestFields, TextLines, log_lost_threads, log_settings
from tests.conftest import DATA

SECRET = "my password is hunter2"
_log = logging.getLogger("faqbot.testing")


@contextmanager
def written(form: type[JsonLines] | type[TextLines]) -> Iterator[StringIO]:
    """Write what is logged in this block, as a server would."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form())
    handler.addFilter(RequestFields())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield stream
    finally:
        root.removeHandler(handler)


def lines(log: Callable[[], object]) -> list[dict[str, Any]]:
    """Return what is logged meanwhile, as JSON."""
    with written(JsonLines) as stream:
        log()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail() -> None:
    try:
        raise ValueError(SECRET) from KeyError(SECRET)
    except ValueError:
        _log.exception("it did not work")


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    found = create_app(Settings(knowledge=DATA / "library", data=tmp_path))

    @found.get("/complains/<secret>")
    def complain(secret: str) -> str:
        _log.warning("look at this")
        thread = threading.Thread(target=_log.warning, args=("from behind",))
        thread.start()
        thread.join()
        return ""

    return found


def test_a_record_is_a_line_of_json() -> None:
    (line,) = lines(lambda: _log.warning("không có %s\nở đây", "gì"))
    assert datetime.fromisoformat(line.pop("time")).utcoffset() is not None
    assert line.pop("worker") > 0
    assert line == {"level": "warning", "logger": "faqbot.testing", "message": "không có gì\nở đây"}


def test_a_line_of_a_request_names_it_and_one_of_a_thread_does_not(app: Flask) -> None:
    client: FlaskClient = app.test_client()
    first, second = lines(lambda: client.get(f"/complains/{SECRET}", headers={"X-Request-ID": "r1"}))
    named = {"request_id": "r1", "method": "GET", "route": "/complains/<secret>"}
    assert {name: first.get(name) for name in named} == named
    assert not set(named) & set(second)
    assert SECRET not in str((first, second))


@pytest.mark.parametrize("form", [JsonLines, TextLines])
def test_an_error_is_written_without_its_text(form: type[JsonLines] | type[TextLines]) -> None:
    with written(form) as stream:
        fail()
    text = stream.getvalue()
    assert SECRET not in text
    assert "it did not work" in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "web/test_logs.py:" in text


def test_a_person_reads_one_line_and_the_id_of_the_request(app: Flask) -> None:
    with written(TextLines) as stream:
        app.test_client().get("/complains/x", headers={"X-Request-ID": "r1"})
    first, second = stream.getvalue().splitlines()
    assert first.endswith("Z warning faqbot.testing: look at this [r1]")
    assert second.endswith("Z warning faqbot.testing: from behind")


def test_an_error_that_ends_a_thread_is_logged_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def end() -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_lost_threads()
    thread = threading.Thread(target=end, name="tester")

    def run() -> None:
        thread.start()
        thread.join()

    (line,) = lines(run)
    assert line["message"].startswith("the thread tester ended with an error: ValueError\n")
    assert SECRET not in str(line)


@pytest.mark.parametrize("level", LOG_LEVELS)
def test_libraries_stay_quiet_at_any_level(level: str) -> None:
    found = log_settings(Settings(log_level=level))
    assert found["root"]["level"] == "WARNING"
    assert found["loggers"]["faqbot"]["level"] == level.upper()


@pytest.mark.parametrize(("terminal", "form"), [(True, TextLines), (False, JsonLines)])
def test_a_terminal_gets_text_and_anything_else_json(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, form: type[logging.Formatter]
) -> None:
    monkeypatch.setattr(sys, "stderr", StringIO())
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert log_settings(Settings())["formatters"]["line"]["()"] is form
    forms = [log_settings(Settings(log=name))["formatters"]["line"]["()"] for name in LOG_FORMATS]
    assert forms == [JsonLines, TextLines]
