"""Whatever fails, nothing that a user wrote is logged."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from faqbot.errors import EditError, FaqbotError
from faqbot.settings import Settings
from faqbot.store.exchanges import Exchange
from faqbot.web.app import create_app
from tests.conftest import DATA
from tests.store.making import exchange

MARKER = "zebra-crossing-4711"
ASKED = {"message": f"are you open on Sunday, {MARKER}"}


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that a server logs at any level, by a formatter that knows no discretion."""
    stream, root, ours = StringIO(), logging.getLogger(), logging.getLogger("faqbot")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    levels = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.DEBUG)
    yield stream
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    root.removeHandler(handler)


@pytest.fixture
def app(tmp_path: Path, empty_url: str) -> Iterator[Flask]:
    """An application with a database that a test may break; once in SQLite, once in PostgreSQL."""
    found = create_app(Settings(knowledge=DATA / "library", data=tmp_path, database_url=empty_url, access_log=True))
    yield found
    found.extensions["faqbot"].store.close()


def lose_table(app: Flask, table: str) -> None:
    """Let the database miss a table."""
    with app.extensions["faqbot"].store.database.writing() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO lost_{table}"))


@pytest.mark.parametrize(
    "error", [ValueError(MARKER), FaqbotError(MARKER), EditError("no_topic", MARKER, MARKER), UnicodeError(MARKER)]
)
def test_an_assistant_that_breaks_on_a_question(
    app: Flask, log: StringIO, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(asked: object) -> object:
        raise error

    monkeypatch.setattr(app.extensions["faqbot"], "answer", breaks)
    assert app.test_client().post("/api/chat", json=ASKED).status_code == 500
    assert type(error).__name__ in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_store_that_refuses_an_exchange(app: Flask, log: StringIO) -> None:
    writer = app.extensions["faqbot"].store.writer
    bad: Exchange = exchange("bad", kind=None, question=MARKER, reply=MARKER)
    writer.put(bad)
    assert writer.flush(10)
    assert "an exchange is lost: the store refuses (" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_database_that_refuses_a_verdict(app: Flask, log: StringIO) -> None:
    client = app.test_client()
    message = client.post("/api/chat", json=ASKED).get_json()["message_id"]
    lose_table(app, "feedback")
    verdict = {"message_id": message, "helpful": False, "comment": MARKER}
    assert client.post("/api/feedback", json=verdict).status_code == 503
    assert "ERROR faqbot.web.problem Store" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_database_that_refuses_a_ticket(app: Flask, log: StringIO) -> None:
    client = app.test_client()
    assert app.extensions["faqbot"].store.tickets.list() == ()
    lose_table(app, "tickets")
    wish = {"message": MARKER, "name": MARKER, "contact": f"{MARKER}@example.org"}
    assert client.post("/api/handoff", json=wish).status_code == 503
    assert client.get(f"/api/handoff/{MARKER}").status_code == 503
    assert "/api/handoff/<token> 503" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_an_error_of_the_database_that_nobody_foresaw(app: Flask, log: StringIO) -> None:
    store = app.extensions["faqbot"].store
    assert store.tickets.list() == ()

    @app.get("/breaks/<word>")
    def breaks(word: str) -> str:
        with store.database.engine.connect() as connection:
            connection.execute(text("INSERT INTO nowhere VALUES (:word)"), {"word": word})
        return ""

    assert app.test_client().get(f"/breaks/{MARKER}").status_code == 500
    assert "unexpected sqlalchemy.exc." in log.getvalue()
    assert MARKER not in log.getvalue()


def test_a_request_that_is_not_understood(app: Flask, log: StringIO) -> None:
    client = app.test_client()
    client.post("/api/chat", data=f'{{"message": "{MARKER}', content_type="application/json")
    client.post("/api/chat", json={"message": MARKER, "lang": MARKER, "context": MARKER})
    client.post(f"/hooks/{MARKER}", data={"text": MARKER})
    client.open(f"/{MARKER}", method=MARKER.upper())
    client.get("/", headers={"X-Request-ID": f"{MARKER}!", "User-Agent": MARKER, "Cookie": MARKER})
    assert log.getvalue().count("faqbot.web.requests") == 5
    assert MARKER not in log.getvalue()
