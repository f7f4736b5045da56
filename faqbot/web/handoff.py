"""The JSON API for what people think of a reply, and for handing over to a person."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify
from werkzeug.exceptions import UnprocessableEntity

from faqbot.assistant import LONGEST_MESSAGE, Question, reply_language
from faqbot.errors import StoreError
from faqbot.redaction import redact
from faqbot.store.ticket import EntryKind, NewTicket, Ticket
from faqbot.web.body import chosen_language, conversation, json_object, optional_text, required_text
from faqbot.web.parts import live_assistant, service
from faqbot.web.problem import problem

blueprint = Blueprint("handoff", __name__)

LONGEST_COMMENT = 1_000
LONGEST_NAME = 100
LONGEST_CONTACT = 200
_SIDES = {EntryKind.MESSAGE: "visitor", EntryKind.REPLY: "agent"}


@blueprint.post("/api/feedback")
def feedback() -> tuple[str, int]:
    """Keep what somebody thinks of a reply."""
    body = json_object()
    message_id, helpful = required_text(body, "message_id", 64), body.get("helpful")
    if not isinstance(helpful, bool):
        raise UnprocessableEntity("'helpful' must be true or false")
    if not service().judge(message_id, helpful, optional_text(body, "comment", LONGEST_COMMENT)):
        abort(HTTPStatus.NOT_FOUND, "there is no such message")
    return "", HTTPStatus.NO_CONTENT


@blueprint.post("/api/handoff")
def hand_over() -> Response:
    """Open a ticket."""
    body = json_object()
    message = required_text(body, "message", LONGEST_MESSAGE)
    before = conversation(body)
    chosen = chosen_language(body.get("lang"))
    spoken = reply_language(live_assistant().read(message).language, Question(message, chosen, before))
    new = NewTicket(
        message,
        "web",
        spoken,
        name=optional_text(body, "name", LONGEST_NAME),
        contact=optional_text(body, "contact", LONGEST_CONTACT),
        conversation=before.id if before and before.id else None,
    )
    try:
        ticket, secret = service().hand_over(new)
    except StoreError:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, service().unreachable(spoken))
    return _created({"ticket": str(ticket.id), "token": secret})


@blueprint.get("/api/handoff/<token>")
def state(token: str) -> Response:
    """Show the one who asked what became of it."""
    return jsonify(_state(_ticket(token)))


@blueprint.post("/api/handoff/<token>")
def add_message(token: str) -> Response:
    """Add a message of the one who asked."""
    ticket, body = _ticket(token), json_object()
    message = redact(required_text(body, "message", LONGEST_MESSAGE))
    return _created(_state(service().store.tickets.say(ticket.id, EntryKind.MESSAGE, message)))


def _ticket(token: str) -> Ticket:
    ticket = service().store.tickets.by_secret(token)
    if ticket is None:
        abort(HTTPStatus.NOT_FOUND, "there is no such ticket")
    return ticket


def _state(ticket: Ticket) -> dict[str, Any]:
    messages = [
        {"from": _SIDES[entry.kind], "text": entry.text, "at": entry.at.isoformat(timespec="seconds")}
        for entry in service().store.tickets.entries(ticket.id)
        if entry.kind in _SIDES
    ]
    return {"ticket": str(ticket.id), "status": str(ticket.status), "messages": messages}


def _created(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.status_code = HTTPStatus.CREATED
    return response
