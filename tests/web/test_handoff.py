"""Feedback, and the way to a person."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.ticket import EntryKind, Status
from faqbot.web.app import create_app
from tests.conftest import DATA


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path))


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def service(app: Flask) -> Service:
    found: Service = app.extensions["faqbot"]
    return found


def chat(visitor: FlaskClient, message: str, context: str | None = None) -> dict[str, Any]:
    reply: dict[str, Any] = visitor.post("/api/chat", json={"message": message, "context": context}).get_json()
    return reply


def hand_over(visitor: FlaskClient, **fields: object) -> dict[str, str]:
    response = visitor.post("/api/handoff", json={"message": "em cần gặp thủ thư"} | fields)
    assert response.status_code == 201
    created: dict[str, str] = response.get_json()
    return created


def test_the_last_word_on_a_reply_counts(visitor: FlaskClient, service: Service) -> None:
    reply = chat(visitor, "are you open on Sunday")
    for helpful, comment in ((True, None), (False, "call me at 0912345678")):
        body = {"message_id": reply["message_id"], "helpful": helpful, "comment": comment}
        assert visitor.post("/api/feedback", json=body).status_code == 204
    verdict = service.store.feedback.since(datetime.fromtimestamp(0, UTC))[reply["message_id"]]
    assert (verdict.helpful, verdict.comment) == (False, "call me at [phone]")


def test_feedback_on_an_unknown_message_is_refused(visitor: FlaskClient) -> None:
    assert visitor.post("/api/feedback", json={"message_id": "none", "helpful": True}).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"message_id": "x"}, {"message_id": 1, "helpful": True}, {"message_id": "x", "helpful": "yes"}]
)
def test_bad_feedback_is_refused(visitor: FlaskClient, body: object) -> None:
    assert visitor.post("/api/feedback", json=body).status_code == 422


def test_a_ticket_carries_what_was_said_before(visitor: FlaskClient, service: Service) -> None:
    first = chat(visitor, "are you open on Sunday")
    second = chat(visitor, "my number is 0912345678, do you lend skis", first["context"])
    created = hand_over(
        visitor, message="I want skis", name="Lan", contact="lan@example.org", context=second["context"]
    )
    ticket = service.store.tickets.get(int(created["ticket"]))
    assert ticket is not None
    assert (ticket.status, ticket.name, ticket.contact, ticket.language) == ("new", "Lan", "lan@example.org", "en")
    transcript = service.store.exchanges.of(ticket.conversation or "")
    assert [each.question for each in transcript] == [
        "are you open on Sunday",
        "my number is [phone], do you lend skis",
    ]
    assert transcript[0].section == "guide/hours"
    assert transcript[0].confidence > 0.5


def test_whoever_has_the_token_sees_replies_but_no_notes(visitor: FlaskClient, service: Service) -> None:
    created = hand_over(visitor)
    ticket, path = int(created["ticket"]), f"/api/handoff/{created['token']}"
    service.store.tickets.say(ticket, EntryKind.NOTE, "who is that?", author="minh")
    service.store.tickets.say(ticket, EntryKind.REPLY, "Chào bạn!", author="minh")
    state = visitor.get(path).get_json()
    assert state["status"] == "waiting"
    assert [(each["from"], each["text"]) for each in state["messages"]] == [
        ("visitor", "em cần gặp thủ thư"),
        ("agent", "Chào bạn!"),
    ]


def test_a_message_opens_the_ticket_again(visitor: FlaskClient, service: Service) -> None:
    created = hand_over(visitor)
    service.store.tickets.set_status(int(created["ticket"]), Status.SOLVED, author="minh")
    response = visitor.post(f"/api/handoff/{created['token']}", json={"message": "vẫn chưa được ạ"})
    assert response.status_code == 201
    assert response.get_json()["status"] == "open"


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "' OR 1=1 --"])
def test_a_guessed_token_shows_nothing(visitor: FlaskClient, token: str) -> None:
    hand_over(visitor)
    assert visitor.get(f"/api/handoff/{token}").status_code == 404
    assert visitor.post(f"/api/handoff/{token}", json={"message": "hi"}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": " "},
        {"message": "x" * 2001},
        {"message": "x", "name": "y" * 101},
        {"message": "x", "lang": "fr"},
    ],
)
def test_a_bad_request_for_a_person_is_refused(visitor: FlaskClient, body: object) -> None:
    assert visitor.post("/api/handoff", json=body).status_code == 422


@pytest.mark.parametrize("message", [None, 5, " ", "x" * 2_001])
def test_what_is_required_is_never_called_optional(visitor: FlaskClient, message: object) -> None:
    refused = visitor.post("/api/handoff", json={"message": message}).get_json()
    assert refused["detail"] == "'message' must be a text of 1 to 2,000 characters"


def test_a_forged_context_is_ignored(visitor: FlaskClient) -> None:
    assert hand_over(visitor, context="forged" * 1000)["ticket"]


def test_asking_for_a_person_offers_one_at_once(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, contact={"vi": "0123 456 789"}, office_hours={"vi": "8:00–17:00"})
    reply = chat(create_app(settings).test_client(), "cho em gặp nhân viên")
    assert reply["offers_person"] is True
    assert reply["text"].endswith("Giờ làm việc: 8:00–17:00. Liên hệ: 0123 456 789.")


def test_an_answer_offers_no_person(visitor: FlaskClient) -> None:
    assert chat(visitor, "are you open on Sunday")["offers_person"] is False


@pytest.fixture
def without_store(tmp_path: Path) -> FlaskClient:
    """A visitor of a server whose database is not there."""
    settings = Settings(
        knowledge=DATA / "library",
        data=tmp_path,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        secret_key="the key of these tests",
        contact={"en": "desk@example.org"},
    )
    return create_app(settings).test_client(use_cookies=False)


def test_with_the_store_down_it_says_how_else_to_reach_somebody(without_store: FlaskClient) -> None:
    response = without_store.post("/api/handoff", json={"message": "I need a person", "lang": "en"})
    assert response.status_code == 503
    assert response.get_json()["detail"].endswith("Contact: desk@example.org.")


def test_with_the_store_down_answers_go_on(without_store: FlaskClient) -> None:
    assert chat(without_store, "are you open on Sunday")["kind"] == "answer"
    ready = without_store.get("/readyz")
    assert ready.status_code == 200
    parts = ready.get_json()["parts"]
    assert parts["store"]["status"] == "degraded"
    assert "1 of 10,000 exchanges wait" in parts["queue"]["reason"]


def test_with_the_store_down_feedback_is_not_pretended(without_store: FlaskClient) -> None:
    assert without_store.post("/api/feedback", json={"message_id": "x", "helpful": True}).status_code == 503
