"""The frame of the console: roles, languages, refusals."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from faqbot.errors import StoreDownError
from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.access import Role, User
from faqbot.store.ticket import Ticket
from faqbot.web.app import create_app
from faqbot.web.helpdesk.frame import PLACES, change_words, moment
from tests.conftest import DATA
from tests.web.helpdesk.conftest import PASSWORD, Visitor

VIEWS = ["/helpdesk/", "/helpdesk/tickets/1", "/helpdesk/audit"]
DEEDS = ["reply", "note", "status", "assignee"]


@pytest.mark.parametrize("path", VIEWS)
def test_no_page_is_shown_to_strangers(visitor: Visitor, ticket: Ticket, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 303
    assert "keep a book" not in response.text


@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_is_done_for_strangers(visitor: Visitor, ticket: Ticket, deed: str) -> None:
    response = visitor.send("/helpdesk/login", to=f"/helpdesk/tickets/1/{deed}", text="my <long> text")
    assert response.status_code == 401
    assert "my &lt;long&gt; text" in response.text


@pytest.mark.parametrize(("role", "status"), [(Role.AGENT, 403), (Role.EDITOR, 403), (Role.ADMIN, 200)])
def test_the_audit_is_for_admins(as_role: Callable[[Role], Visitor], role: Role, status: int) -> None:
    browser = as_role(role)
    response = browser.get("/helpdesk/audit")
    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert ("/helpdesk/audit" in browser.get("/helpdesk/").text) == (status == 200)


def test_every_change_is_in_the_audit(as_role: Callable[[Role], Visitor], ticket: Ticket) -> None:
    agent = as_role(Role.AGENT)
    page = f"/helpdesk/tickets/{ticket.id}"
    agent.send(page, to=f"{page}/note", text="secret words")
    agent.send(page, to=f"{page}/assignee", assignee="lan")
    agent.send(page, to=f"{page}/reply", text="secret words", then="solve")
    shown = as_role(Role.ADMIN).get("/helpdesk/audit").text
    for deed in ("logged in", "left a note", "assigned", "replied", "Waiting → Solved", "– → lan"):
        assert deed in shown
    assert "secret words" not in shown


def test_the_audit_has_pages(as_role: Callable[[Role], Visitor], app: Flask) -> None:
    for number in range(60):
        app.extensions["faqbot"].store.audit.note("<i>x</i>", "test", number)
    admin = as_role(Role.ADMIN)
    first = admin.get("/helpdesk/audit").text
    assert "&lt;i&gt;" in first
    assert 'rel="next"' in first
    second = admin.get("/helpdesk/audit?before=12").text
    assert second.count("<tr>") == 12
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    "path", ["tickets/2", "tickets/0", "tickets/-1", "tickets/x", "tickets/99999999999", "tickets/²"]
)
def test_a_guessed_ticket_is_not_there(agent: Visitor, ticket: Ticket, path: str) -> None:
    response = agent.get(f"/helpdesk/{path}")
    assert (response.status_code, response.mimetype) == (404, "text/html")


def test_the_language_is_remembered(visitor: Visitor) -> None:
    assert 'lang="en"' in visitor.get("/helpdesk/login").text
    assert "Đăng nhập" in visitor.get("/helpdesk/login?lang=vi").text
    assert "Đăng nhập" in visitor.get("/helpdesk/login?lang=fr").text
    visitor.log_in("lan")
    assert "Hộp thư" in visitor.get("/helpdesk/").text
    visitor.send("/helpdesk/", to="/helpdesk/logout")
    assert "Đăng nhập" in visitor.get("/helpdesk/login").text


def test_switching_the_language_stays_on_the_page(agent: Visitor, ticket: Ticket) -> None:
    page = agent.get("/helpdesk/tickets/1?draft=guide/loans&_external=1").text
    assert 'href="/helpdesk/tickets/1?draft=guide/loans&amp;lang=vi"' in page


@pytest.mark.parametrize("query", ["endpoint=x", "_external=1", "_scheme=javascript", "filename=x", "number=9"])
def test_no_query_of_a_stranger_breaks_a_page(visitor: Visitor, query: str) -> None:
    response = visitor.get(f"/helpdesk/login?{query}")
    assert response.status_code == 200
    assert "javascript:" not in response.text


def test_pages_are_kept_nowhere_and_run_nothing(agent: Visitor) -> None:
    response = agent.get("/helpdesk/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "<script" not in response.text
    assert "style=" not in response.text


def test_too_large_a_form_is_refused_with_a_page(agent: Visitor, ticket: Ticket) -> None:
    response = agent.post("/helpdesk/tickets/1/reply", text="x" * 70_000)
    assert (response.status_code, response.mimetype) == (413, "text/html")


def test_another_method_is_refused(agent: Visitor) -> None:
    response = agent.post("/helpdesk/audit")
    assert response.status_code in (400, 405)


def test_with_the_store_down_a_page_says_so(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path, database_url=url, secret_key=PASSWORD))
    response = Visitor(app.test_client()).log_in("lan")
    assert (response.status_code, response.mimetype) == (503, "text/html")
    assert "The store cannot be reached" in response.text


def test_with_the_store_down_a_refusal_is_still_a_page(
    agent: Visitor, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(number: int) -> User:
        raise StoreDownError("the store is down")

    monkeypatch.setattr(service.store.users, "get", down)
    response = agent.post("/helpdesk/tickets/1/note", text="my <long> text")
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "my &lt;long&gt; text" in response.text


def test_every_place_is_there(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {place.endpoint for place in PLACES} <= endpoints
    assert {name for place in PLACES for name in place.blueprints} <= set(app.blueprints)


@pytest.mark.parametrize(
    ("language", "today", "other"),
    [("vi", "12:30 hôm nay", "12:30, 05/03/2026"), ("en", "today 12:30", "2026-03-05 12:30")],
)
def test_times_are_written_as_people_do(app: Flask, language: str, today: str, other: str) -> None:
    at = datetime(2026, 3, 5, 12, 30).astimezone()
    with app.test_request_context(f"/helpdesk/?lang={language}"):
        assert moment(at, today=at) == today
        assert moment(at, today=datetime(2026, 7, 1, tzinfo=UTC)) == other


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("status: solved", "set the status to Solved"),
        ("assignee: lan", "assigned it to lan"),
        ("assignee: –", "took the assignee off"),
        ("status: other", "status: other"),
    ],
)
def test_changes_are_said_in_the_language_of_the_page(app: Flask, text: str, words: str) -> None:
    with app.test_request_context("/helpdesk/?lang=en"):
        assert change_words(text) == words
