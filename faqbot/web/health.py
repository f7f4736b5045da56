"""Whether the process lives, and whether its parts are well."""

from flask import Blueprint, Response, jsonify

from faqbot import __version__
from faqbot.web.parts import live

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process lives."""
    return jsonify({"status": "ok", "version": __version__})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say how each part is. An application without knowledge does not start, so there is always an answer to give."""
    assistant = live().current()
    fault = live().fault
    knowledge = assistant.knowledge
    reason = fault or f"{len(knowledge.sections)} sections, revision {knowledge.revision}"
    parts = {"knowledge": {"status": "degraded" if fault else "ok", "reason": reason}}
    return jsonify({"status": "degraded" if fault else "ok", "parts": parts})
