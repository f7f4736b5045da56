"""A stand-in for the help desk: feedback, and messages that go to a person."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, request

from faqbot.web.problem import problem


@dataclass
class Desk:
    """One ticket at a time."""

    feedback: list[tuple[str, bool]] = field(default_factory=list)
    request: dict[str, Any] = field(default_factory=dict)
    """The last one that was handed over."""
    messages: list[dict[str, str]] = field(default_factory=list)
    status: str = "new"
    contact: str = ""
    """Where to turn to instead, while the desk is closed; "" while it is open."""

    def write(self, sender: str, text: str) -> None:
        """Add a message to the ticket."""
        self.messages.append({"from": sender, "text": text, "at": "2026-01-01T00:00:00Z"})

    def said(self) -> list[str]:
        """Return what the visitor wrote."""
        return [message["text"] for message in self.messages if message["from"] == "visitor"]


def add_desk(app: Flask) -> Desk:
    """Give an application a desk."""
    desk, blueprint = Desk(), Blueprint("desk", __name__)

    @blueprint.post("/api/feedback")
    def feedback() -> tuple[str, int]:
        desk.feedback.append((request.json["message_id"], request.json["helpful"]))
        return "", 204

    @blueprint.post("/api/handoff")
    def hand_over() -> Response | tuple[Response, int]:
        if desk.contact:
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, desk.contact)
        desk.request = request.json
        desk.write("visitor", request.json["message"])
        return jsonify(ticket="K7", token="secret"), 201

    @blueprint.get("/api/handoff/secret")
    def thread() -> Response:
        return jsonify(ticket="K7", status=desk.status, messages=desk.messages)

    @blueprint.post("/api/handoff/secret")
    def write() -> Response | tuple[Response, int]:
        desk.write("visitor", request.json["message"])
        return jsonify({}), 201

    app.register_blueprint(blueprint)
    return desk
