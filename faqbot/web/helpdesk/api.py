"""The JSON API for other helpdesks."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import UnprocessableEntity

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question, reply_language
from faqbot.helpdesk.desk import LONGEST_TEXT
from faqbot.helpdesk.draft import proposals, ready_draft
from faqbot.helpdesk.fields import ticket_fields
from faqbot.helpdesk.gaps import open_gaps
from faqbot.redaction import redact
from faqbot.store.access import Role
from faqbot.store.column_types import now, storable
from faqbot.store.ticket import NewTicket, Status, Ticket
from faqbot.web.body import chosen_language, json_object, optional_text, required_text
from faqbot.web.handoff import LONGEST_CONTACT, LONGEST_NAME
from faqbot.web.helpdesk.bearer import needs_token, token, token_desk
from faqbot.web.helpdesk.fields import gap_fields, proposal_fields, whole_ticket
from faqbot.web.helpdesk.numbers import number_of, ticket_of
from faqbot.web.parts import live_assistant, service

blueprint = Blueprint("helpdesk_api", __name__, url_prefix="/api/helpdesk")

LONGEST_SUBJECT = 1_000
"""In characters; a mail may have 998."""
LONGEST_KEY = 200
"""Of ``Idempotency-Key``, in characters."""
_MOST_TICKETS = 100
_MOST_GAPS = 200


@blueprint.get("/tickets")
@needs_token(Role.AGENT)
def list_tickets() -> Response:
    """List tickets, the newest first."""
    limit = _whole_number("limit", 50, most=_MOST_TICKETS)
    before = _whole_number("before", None)
    found = service().store.tickets.list(_statuses(), limit=limit or 1, before=before)
    following = found[-1].id if len(found) == limit else None
    return jsonify({"tickets": [ticket_fields(each) for each in found], "next": following})


@blueprint.post("/tickets")
@needs_token(Role.AGENT)
def create_ticket() -> Response:
    """Open a ticket, or return the one that the same key opened before."""
    body = json_object()
    message = required_text(body, "message", LONGEST_TEXT)
    subject = optional_text(body, "subject", LONGEST_SUBJECT)
    new = NewTicket(
        message,
        "helpdesk",
        _language(live_assistant(), f"{subject or ''}\n{message}", body),
        name=optional_text(body, "name", LONGEST_NAME),
        contact=optional_text(body, "contact", LONGEST_CONTACT),
        subject=subject,
        idempotency_key=_idempotency_key(),
    )
    ticket, secret = service().hand_over(new)
    if secret is None:
        _must_be_the_same(ticket, message)
    else:
        service().store.audit.note(token().name, "ticket.create", f"#{ticket.id}", "(API)")
    return _whole(ticket, HTTPStatus.OK if secret is None else HTTPStatus.CREATED, token=secret)


@blueprint.get("/tickets/<ticket>")
@needs_token(Role.AGENT)
def get_ticket(ticket: str) -> Response:
    """Show a ticket."""
    return _whole(ticket_of(ticket))


@blueprint.patch("/tickets/<ticket>")
@needs_token(Role.AGENT)
def change_ticket(ticket: str) -> Response:
    """Change status and assignee."""
    found, body = ticket_of(ticket), json_object()
    if not {"status", "assignee"} & set(body):
        raise UnprocessableEntity("'status' or 'assignee' is needed")
    status = _status(body["status"]) if "status" in body else None
    if "assignee" in body:
        found = token_desk().assign(found, optional_text(body, "assignee", LONGEST_NAME))
    if status is not None:
        found = token_desk().set_status(found, status)
    return _whole(found)


@blueprint.post("/tickets/<ticket>/replies")
@needs_token(Role.AGENT)
def add_reply(ticket: str) -> Response:
    """Reply to the requester."""
    found = ticket_of(ticket)
    return _whole(token_desk().reply(found, required_text(json_object(), "text", LONGEST_TEXT)), HTTPStatus.CREATED)


@blueprint.post("/tickets/<ticket>/notes")
@needs_token(Role.AGENT)
def add_note(ticket: str) -> Response:
    """Leave a note for agents."""
    found = ticket_of(ticket)
    return _whole(token_desk().note(found, required_text(json_object(), "text", LONGEST_TEXT)), HTTPStatus.CREATED)


@blueprint.get("/gaps")
@needs_token(Role.EDITOR)
def list_gaps() -> Response:
    """List what was asked and not answered, the most frequent first."""
    limit = _whole_number("limit", 50, most=_MOST_GAPS) or 1
    assistant = live_assistant()
    found = open_gaps(service().store, assistant.knowledge.topics, now())
    return jsonify({"gaps": [gap_fields(each, assistant) for each in found[:limit]], "total": len(found)})


@blueprint.post("/suggest")
@needs_token(Role.AGENT)
def suggest() -> Response:
    """Return the best sections for a ticket that lies in another helpdesk, and a draft of a reply."""
    body, assistant = json_object(), live_assistant()
    subject = optional_text(body, "subject", LONGEST_SUBJECT) or ""
    text = optional_text(body, "body", LONGEST_TEXT) or ""
    if not subject and not text:
        raise UnprocessableEntity("'subject' or 'body' must hold some text")
    language = _language(assistant, f"{subject}\n{text}", body)
    found = proposals(assistant, subject, text, language)
    sections = [proposal_fields(each, language) for each in found]
    return jsonify({"lang": language, "sections": sections, "draft": ready_draft(found, language)})


def _whole(ticket: Ticket, status: HTTPStatus = HTTPStatus.OK, **more: Any) -> Response:
    response = jsonify({**whole_ticket(service().store, live_assistant(), ticket), **more})
    response.status_code = status
    return response


def _language(assistant: Assistant, text: str, body: dict[str, Any]) -> str:
    beginning = text.strip()[:LONGEST_MESSAGE]
    return reply_language(assistant.read(beginning).language, Question(beginning, chosen_language(body.get("lang"))))


def _idempotency_key() -> str | None:
    """Return the request's key, apart from those of other tokens; None if it has none."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY:
        raise UnprocessableEntity(f"'Idempotency-Key' must have 1 to {LONGEST_KEY} characters")
    return f"{token().id}:{key}"


def _must_be_the_same(ticket: Ticket, message: str) -> None:
    first = service().store.tickets.entries(ticket.id)[0]
    if first.text != storable(redact(message)):
        raise UnprocessableEntity("the 'Idempotency-Key' was used before, for another message")


def _statuses() -> list[Status]:
    named = [name for value in request.args.getlist("status") for name in value.split(",") if name]
    return [_status(name) for name in named] or list(Status)


def _status(value: object) -> Status:
    if value not in list(Status):
        raise UnprocessableEntity(f"'status' must be one of {', '.join(Status)}")
    return Status(str(value))


def _whole_number(name: str, default: int | None, *, most: int | None = None) -> int | None:
    """Return a number of the query."""
    text = request.args.get(name)
    if text is None:
        return default
    number = number_of(text)
    if not number or (most is not None and number > most):
        raise UnprocessableEntity(f"{name!r} must be a whole number from 1" + (f" to {most}" if most else ""))
    return number
