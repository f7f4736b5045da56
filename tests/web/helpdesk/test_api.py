"""The JSON API for other helpdesks."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from faqbot.helpdesk.desk import LONGEST_TEXT
from faqbot.service import Service
from faqbot.store.access import Role
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Status, Ticket
from faqbot.web.helpdesk.bearer import needs_token
from tests.web.helpdesk.conftest import Program

CALLS = [
    ("GET", "/tickets"),
    ("POST", "/tickets"),
    ("GET", "/tickets/1"),
    ("PATCH", "/tickets/1"),
    ("POST", "/tickets/1/replies"),
    ("POST", "/tickets/1/notes"),
    ("POST", "/suggest"),
]
NASTY = "<script>alert('x')</script> \"'; DROP TABLE tickets; --"


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer x", "Basic bGFuOng=", "' OR 1=1 --", "Bearer é"]
)
def test_without_a_good_token_all_is_refused_alike(
    app: Flask, ticket: Ticket, method: str, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    response = app.test_client().open(f"/api/helpdesk{path}", method=method, json={}, headers=headers)
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.get_json()["detail"] == "a valid token is needed"


def test_a_revoked_token_is_none(program: Program, store: Store) -> None:
    assert program.call("GET", "/tickets").status_code == 200
    store.tokens.revoke("zammad")
    assert program.call("GET", "/tickets").status_code == 401


@pytest.mark.parametrize(("role", "status"), [(Role.AGENT, 403), (Role.EDITOR, 204), (Role.ADMIN, 204)])
def test_a_role_that_may_not_is_refused(app: Flask, store: Store, role: Role, status: int) -> None:
    app.add_url_rule("/api/helpdesk/knowledge", view_func=needs_token(Role.EDITOR)(lambda: ("", 204)))
    token = store.tokens.create("other", role)
    response = Program(app.test_client(), token).call("GET", "/knowledge")
    assert response.status_code == status


def test_a_session_of_the_console_opens_no_api(app: Flask, store: Store) -> None:
    client: FlaskClient = app.test_client()
    with client.session_transaction("/helpdesk/", base_url="https://localhost") as session:
        session.update({"user": 1, "epoch": 0})
    cookie = client.get_cookie("faqbot_helpdesk", path="/helpdesk")
    assert cookie is not None
    headers = {"Cookie": f"{cookie.key}={cookie.value}"}
    assert client.get("/api/helpdesk/tickets", headers=headers).status_code == 401


def test_a_ticket_is_opened_and_shown(program: Program, store: Store) -> None:
    body = {
        "message": "call 0912345678, how late can I return a book",
        "subject": "Books",
        "name": "An",
        "contact": "a@b.vn",
    }
    response = program.call("POST", "/tickets", body)
    created = response.get_json()
    assert response.status_code == 201
    assert (created["subject"], created["status"], created["lang"], created["channel"]) == (
        "Books",
        "new",
        "en",
        "helpdesk",
    )
    assert created["entries"][0]["text"] == "call [phone], how late can I return a book"
    ticket = store.tickets.by_secret(created.pop("token"))
    assert ticket is not None
    assert program.read(f"/tickets/{ticket.id}") == created
    deed = store.audit.list()[0]
    assert (deed.actor, deed.action, deed.subject, deed.detail) == ("zammad", "ticket.create", "#1", "(API)")


@pytest.mark.parametrize("message", ["help", "help\0", "call 0912 345 678"])
def test_the_same_key_opens_one_ticket(program: Program, store: Store, message: str) -> None:
    first = program.call("POST", "/tickets", {"message": message}, Idempotency_Key="k1")
    again = program.call("POST", "/tickets", {"message": message}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_json() == first.get_json() | {"token": None}
    assert len(store.tickets.list()) == 1


def test_a_key_for_another_message_is_refused(program: Program, store: Store) -> None:
    program.call("POST", "/tickets", {"message": "help"}, Idempotency_Key="k1")
    assert program.call("POST", "/tickets", {"message": "other"}, Idempotency_Key="k1").status_code == 422
    assert len(store.tickets.list()) == 1


def test_keys_of_two_tokens_are_apart(program: Program, app: Flask, store: Store) -> None:
    other = Program(app.test_client(), store.tokens.create("freshdesk", Role.AGENT))
    for each in (program, other):
        assert each.call("POST", "/tickets", {"message": "help"}, Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_bad_key_is_refused(program: Program, key: str) -> None:
    assert program.call("POST", "/tickets", {"message": "help"}, Idempotency_Key=key).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": " "},
        {"message": 1},
        {"message": "x" * (LONGEST_TEXT + 1)},
        {"message": "x", "subject": "y" * 1_001},
        {"message": "x", "name": "y" * 101},
        {"message": "x", "lang": "fr"},
    ],
)
def test_a_bad_ticket_is_refused(program: Program, body: object) -> None:
    assert program.call("POST", "/tickets", body).status_code == 422


def test_tickets_are_listed_by_status_and_in_pages(program: Program, service: Service) -> None:
    for number in range(5):
        ticket, _ = service.hand_over(NewTicket(f"number {number}", "web", "en"))
        if number % 2:
            service.store.tickets.set_status(ticket.id, Status.SOLVED, author="lan")
    assert [each["id"] for each in program.read("/tickets?status=new,open")["tickets"]] == [5, 3, 1]
    assert [each["id"] for each in program.read("/tickets?status=solved&status=new")["tickets"]] == [5, 4, 3, 2, 1]
    first = program.read("/tickets?limit=2")
    assert ([each["id"] for each in first["tickets"]], first["next"]) == ([5, 4], 4)
    rest = program.read("/tickets?limit=4&before=4")
    assert ([each["id"] for each in rest["tickets"]], rest["next"]) == ([3, 2, 1], None)


@pytest.mark.parametrize(
    "query", ["status=closed", "limit=0", "limit=101", "limit=x", "before=0", "before=-1", "before="]
)
def test_a_bad_list_is_refused(program: Program, query: str) -> None:
    assert program.call("GET", f"/tickets?{query}").status_code == 422


@pytest.mark.parametrize("number", ["2", "0", "x", "99999999999999", "1' OR '1'='1"])
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PATCH", ""), ("POST", "/replies"), ("POST", "/notes")])
def test_a_guessed_ticket_is_not_there(program: Program, ticket: Ticket, number: str, method: str, path: str) -> None:
    assert program.call(method, f"/tickets/{number}{path}", {"text": "x", "status": "open"}).status_code == 404


def test_replies_and_notes_are_added(program: Program, ticket: Ticket) -> None:
    assert program.call("POST", "/tickets/1/notes", {"text": "who?"}).get_json()["status"] == "new"
    response = program.call("POST", "/tickets/1/replies", {"text": "14 days."})
    assert response.status_code == 201
    entries = [(each["kind"], each["author"], each["text"]) for each in response.get_json()["entries"]]
    assert entries[1:] == [("note", "zammad", "who?"), ("reply", "zammad", "14 days.")]
    assert response.get_json()["status"] == "waiting"


@pytest.mark.parametrize("path", ["replies", "notes"])
@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": 1}, {"text": "x" * (LONGEST_TEXT + 1)}])
def test_a_bad_text_is_refused(program: Program, ticket: Ticket, path: str, body: object) -> None:
    assert program.call("POST", f"/tickets/1/{path}", body).status_code == 422


def test_status_and_assignee_are_changed(program: Program, ticket: Ticket, store: Store) -> None:
    changed = program.call("PATCH", "/tickets/1", {"status": "solved", "assignee": "lan"}).get_json()
    assert (changed["status"], changed["assignee"]) == ("solved", "lan")
    assert program.call("PATCH", "/tickets/1", {"assignee": None}).get_json()["assignee"] is None
    assert [deed.action for deed in store.audit.list()] == [
        "ticket.assign",
        "ticket.status",
        "ticket.status",
        "ticket.assign",
    ]


@pytest.mark.parametrize(
    "body",
    [{}, {"status": "closed"}, {"status": None}, {"status": []}, {"assignee": "nobody"}, {"assignee": 1}, {"x": 1}],
)
def test_a_bad_change_is_refused(program: Program, ticket: Ticket, body: object) -> None:
    assert program.call("PATCH", "/tickets/1", body).status_code == 422


def test_a_refused_change_changes_nothing(program: Program, ticket: Ticket) -> None:
    before = program.read("/tickets/1")
    program.call("PATCH", "/tickets/1", {"assignee": "lan", "status": "closed"})
    program.call("PATCH", "/tickets/1", {"assignee": "nobody", "status": "open"})
    assert program.read("/tickets/1") == before


def test_the_transcript_comes_along(program: Program, app: Flask) -> None:
    visitor = app.test_client(use_cookies=False)
    first = visitor.post("/api/chat", json={"message": "are you open on Sunday"}).get_json()
    visitor.post("/api/handoff", json={"message": "I need a person", "context": first["context"]})
    turn: dict[str, Any] = program.read("/tickets/1")["transcript"][0]
    assert (turn["question"], turn["section"]["id"], turn["section"]["title"]) == (
        "are you open on Sunday",
        "hours",
        "Opening hours",
    )
    assert turn["confidence"] > 0.5


def test_suggestions_come_with_a_draft(program: Program) -> None:
    body = {"subject": "Books", "body": "Dear all,\nmy son is ill. How long may I keep a book?\nKind regards\nAn"}
    found = program.call("POST", "/suggest", body).get_json()
    assert found["lang"] == "en"
    assert len(found["sections"]) == 3
    assert found["sections"][0]["id"] == "loans"
    assert "The loan period is 14 days." in found["draft"]


def test_a_subject_may_be_as_long_as_a_mail_allows(program: Program) -> None:
    subject = "How long may I keep a book? ".ljust(998, "!")
    assert program.call("POST", "/suggest", {"subject": subject}).get_json()["sections"][0]["id"] == "loans"
    assert program.call("POST", "/tickets", {"message": "x", "subject": subject}).get_json()["subject"] == subject


@pytest.mark.parametrize(("lang", "greeting"), [("vi", "Chào bạn,"), ("en", "Hello,")])
def test_the_draft_is_in_the_chosen_language(program: Program, lang: str, greeting: str) -> None:
    found = program.call("POST", "/suggest", {"body": "mượn sách bao lâu", "lang": lang}).get_json()
    assert found["draft"].startswith(greeting)
    assert found["lang"] == lang


@pytest.mark.parametrize(
    "body", [{}, {"subject": " ", "body": ""}, {"body": 1}, {"body": "x" * 20_001}, {"body": "x", "lang": "fr"}]
)
def test_a_bad_request_for_suggestions_is_refused(program: Program, body: object) -> None:
    assert program.call("POST", "/suggest", body).status_code == 422


@pytest.mark.parametrize("text", ["🎉", "?", "\u0000", "a" * 20_000, "> quoted", "--", NASTY, "x\n" * 9_000])
def test_anything_may_be_asked_for_suggestions(program: Program, text: str) -> None:
    response = program.call("POST", "/suggest", {"body": text})
    assert response.status_code == 200
    assert response.get_json()["draft"]


def test_sql_and_html_in_every_field_are_text(program: Program, store: Store) -> None:
    fields = dict.fromkeys(("message", "subject", "name", "contact"), NASTY)
    created = program.call("POST", "/tickets", fields, Idempotency_Key=NASTY).get_json()
    assert {created[name] for name in ("subject", "name", "contact")} == {NASTY}
    assert created["entries"][0]["text"] == NASTY
    program.call("POST", "/tickets/1/replies", {"text": NASTY})
    assert program.read("/tickets/1")["entries"][1]["text"] == NASTY
    assert len(store.tickets.list()) == 1


def test_with_the_store_down_it_says_so(service: Service, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    service.store.close()
    broken: Callable[..., Any] = type(service.store)("postgresql://nobody@127.0.0.1:1/none").tokens.by_secret
    monkeypatch.setattr(service.store.tokens, "by_secret", broken)
    assert program.call("GET", "/tickets").status_code == 503
