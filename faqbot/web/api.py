"""The JSON API: chat, search and suggestions."""

from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, json, jsonify, request
from werkzeug.exceptions import UnprocessableEntity

from faqbot.assistant import LONGEST_MESSAGE, Question, reply_language
from faqbot.language.pack import LANGUAGES
from faqbot.reply import Conversation
from faqbot.service import Asked
from faqbot.web.body import chosen_language, conversation, json_object
from faqbot.web.parts import context_signer, live_assistant, service
from faqbot.wire import reply_fields, search_result
from faqbot.yaml_file import read_plain

blueprint = Blueprint("api", __name__)

_MOST_RESULTS = 100


@blueprint.post("/api/chat")
def chat() -> Response:
    """Answer a message."""
    body = json_object()
    message = body.get("message")
    if not isinstance(message, str):
        raise UnprocessableEntity(f"'message' must be a text of 1 to {LONGEST_MESSAGE:,} characters")
    chosen = chosen_language(body.get("lang"))
    answered = service().answer(Asked(message, "web", chosen, conversation(body) or _beginning()))
    left = context_signer().write(answered.reply.conversation)
    return jsonify({**reply_fields(answered.reply), "context": left, "message_id": answered.message_id})


@blueprint.get("/api/search")
def search() -> Response:
    """Rank the sections for a question."""
    assistant = live_assistant()
    text, chosen = request.args.get("q", ""), chosen_language(request.args.get("lang") or None)
    ranking = assistant.search(text)
    language = reply_language(ranking.utterance.language, Question(text, chosen))
    explain = _explained()
    results = [
        search_result(assistant, ranking, match, language, explain=explain) for match in ranking.matches[: _limit()]
    ]
    return jsonify({"results": results, "lang": language})


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """Complete what is typed so far; before anything is typed, give questions to start with."""
    chosen = chosen_language(request.args.get("lang") or None)
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


def _beginning() -> Conversation | None:
    """Return the start of a conversation in the language that the client prefers, if it names one of ours.

    It decides only where the message itself does not show its language.
    """
    if "Accept-Language" not in request.headers:
        return None
    preferred = request.accept_languages.best_match(LANGUAGES)
    return Conversation(preferred) if preferred else None


def _explained() -> bool:
    text = request.args.get("explain", "")
    if text not in ("", "0", "1"):
        raise UnprocessableEntity("'explain' must be 0 or 1")
    return text == "1"


def _limit() -> int:
    text = request.args.get("limit", "5")
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= _MOST_RESULTS):
        raise UnprocessableEntity(f"'limit' must be a whole number from 1 to {_MOST_RESULTS}")
    return int(text)
