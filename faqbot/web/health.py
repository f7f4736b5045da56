"""Whether the process lives, and whether its parts are well."""

from flask import Blueprint, Response, jsonify

from faqbot import __version__
from faqbot.web.chat import chat
from faqbot.web.limits import limits
from faqbot.web.parts import live, service, state

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process lives."""
    return jsonify({"status": "ok", "version": __version__})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say how each part is, without waiting for one that does not answer.

    An application without knowledge does not start, so there is always an answer to give.
    """
    held = live().held
    knowledge, fault, meaning = held.assistant.knowledge, held.fault, held.meaning
    loaded = f"{len(knowledge.sections)} sections, revision {knowledge.revision}"
    parts = {"knowledge": _part("degraded" if fault else "ok", fault or loaded)}
    if meaning is not None:
        meaning.start()
        parts["embeddings"] = _part(*meaning.status)
    parts["store"] = _part(*state().store())
    parts["queue"] = _part(*service().store.writer.status())
    parts["chat"] = _part(*chat().posts.status())
    parts["limits"] = _part(*limits().status())
    webhooks = state().webhooks
    if webhooks is not None:
        parts["webhooks"] = _part(*webhooks())
    well = all(part["status"] != "degraded" for part in parts.values())
    return jsonify({"status": "ok" if well else "degraded", "parts": parts})


def _part(status: str, reason: str) -> dict[str, str]:
    return {"status": status, "reason": reason}
