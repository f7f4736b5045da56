"""The description of the API says what the helpdesk's part of it does."""

from typing import Any

import pytest

from faqbot.store.ticket import Ticket
from tests.web.helpdesk.conftest import Program
from tests.web.schema import misfits
from tests.web.test_openapi import operations, reply_faults

CALLS: list[tuple[str, str, str, object]] = [
    ("GET", "/tickets", "/tickets?limit=1", None),
    ("GET", "/tickets", "/tickets?limit=0", None),
    ("POST", "/tickets", "/tickets", {"message": "help"}),
    ("POST", "/tickets", "/tickets", {"message": ""}),
    ("POST", "/tickets", "/tickets", []),
    ("GET", "/tickets/{ticket}", "/tickets/1", None),
    ("GET", "/tickets/{ticket}", "/tickets/2", None),
    ("PATCH", "/tickets/{ticket}", "/tickets/1", {"status": "solved", "assignee": "lan"}),
    ("PATCH", "/tickets/{ticket}", "/tickets/1", {}),
    ("PATCH", "/tickets/{ticket}", "/tickets/2", {"status": "open"}),
    ("POST", "/tickets/{ticket}/replies", "/tickets/1/replies", {"text": "14 days"}),
    ("POST", "/tickets/{ticket}/replies", "/tickets/1/replies", {}),
    ("POST", "/tickets/{ticket}/notes", "/tickets/1/notes", {"text": "who?"}),
    ("POST", "/tickets/{ticket}/notes", "/tickets/1/notes", {"text": "x" * 70_000}),
    ("POST", "/suggest", "/suggest", {"subject": "Books", "body": "How long may I keep one?", "lang": None}),
    ("POST", "/suggest", "/suggest", {}),
]


@pytest.fixture
def description(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = program.client.get("/openapi.json").get_json()
    return found


@pytest.mark.parametrize(("method", "path", "address", "body"), CALLS)
def test_replies_are_as_described(
    program: Program, ticket: Ticket, description: dict[str, Any], method: str, path: str, address: str, body: object
) -> None:
    assert reply_faults(program.call(method, address, body), f"/api/helpdesk{path}", description) == []


@pytest.mark.parametrize(("method", "path", "address", "body"), CALLS)
def test_refusals_of_strangers_are_as_described(
    program: Program, description: dict[str, Any], method: str, path: str, address: str, body: object
) -> None:
    program.headers = {}
    assert reply_faults(program.call(method, address, body), f"/api/helpdesk{path}", description) == []


def test_every_operation_says_that_it_needs_a_token(description: dict[str, Any]) -> None:
    assert description["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    secured = {path for path, _, operation in operations(description) if operation.get("security") == [{"bearer": []}]}
    assert secured == {path for path in description["paths"] if path.startswith("/api/helpdesk")}


@pytest.mark.parametrize("body", [{"message": "x"}, {"message": "x", "subject": None, "lang": "vi"}])
def test_tickets_that_are_taken_are_as_described(program: Program, description: dict[str, Any], body: object) -> None:
    assert program.call("POST", "/tickets", body).status_code == 201
    assert misfits(body, description["components"]["schemas"]["NewTicket"], description) == []
