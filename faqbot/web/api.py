"""The JSON API: chat, search and suggestions."""

from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, json, jsonify, request
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from faqbot.assistant import LONGEST_MESSAGE, Question, reply_language
from faqbot.language.pack import LANGUAGES
from faqbot.reply import Conversation
from faqbot.web.parts import context_signer, live_assistant
from faqbot.wire import reply_fields, search_result
from faqbot.yaml_file import read_plain

blueprint = Blueprint("api", __name__)

_MOST_RESULTS = 100


@blueprint.post("/api/chat")
def chat() -> Response:
    """Answer a message."""
    try:
        body = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise BadRequest("the body is not valid JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    message, context = body.get("message"), body.get("context")
    if not isinstance(message, str):
        raise UnprocessableEntity(f"'message' must be a text of 1 to {LONGEST_MESSAGE:,} characters")
    signer = context_signer()
    conversation = signer.read(context if isinstance(context, str) else None) or _beginning()
    reply = live_assistant().ask(Question(message, _language(body.get("lang")), conversation))
    return jsonify({**reply_fields(reply), "context": signer.write(reply.conversation), "message_id": uuid4().hex})


@blueprint.get("/api/search")
def search() -> Response:
    """Rank the sections for a question."""
    assistant = live_assistant()
    text, chosen = request.args.get("q", ""), _language(request.args.get("lang") or None)
    ranking = assistant.search(text)
    language = reply_language(ranking.utterance.language, Question(text, chosen))
    explain = request.args.get("explain", "0") not in ("", "0")
    results = [
        search_result(assistant, ranking, match, language, explain=explain) for match in ranking.matches[: _limit()]
    ]
    return jsonify({"results": results, "lang": language})


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """Complete what is typed so far; before anything is typed, give questions to start with."""
    chosen = _language(request.args.get("lang") or None)
    suggested = live_assistant().suggest(request.args.get("q", ""), chosen)
    found = [{"text": each.text, "document": each.key.document, "id": each.key.section} for each in suggested]
    return jsonify({"suggestions": found})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the API."""
    return Response(_openapi(), mimetype="application/json")


@cache
def _openapi() -> str:
    text = files("faqbot.web").joinpath("openapi.yaml").read_text("utf-8")
    return json.dumps(read_plain(text))


def _language(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value in LANGUAGES):
        return value
    raise UnprocessableEntity(f"'lang' must be one of {', '.join(LANGUAGES)}, or null; not {value!r}"[:200])


def _beginning() -> Conversation | None:
    """Return the start of a conversation in the language that the client prefers, if it names one of ours.

    It decides only where the message itself does not show its language.
    """
    preferred = request.accept_languages.best_match(LANGUAGES)
    return Conversation(preferred) if preferred else None


def _limit() -> int:
    text = request.args.get("limit", "5")
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= _MOST_RESULTS):
        raise UnprocessableEntity(f"'limit' must be a whole number from 1 to {_MOST_RESULTS}")
    return int(text)
