"""Read the fields of a JSON body."""

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from faqbot.language.pack import LANGUAGES
from faqbot.reply import Conversation
from faqbot.web.parts import context_signer


def json_object() -> dict[str, Any]:
    """Return the body of the request.

    :raises BadRequest: if it is no JSON object.
    """
    try:
        body = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise BadRequest("the body is not valid JSON") from error
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body


def required_text(body: dict[str, Any], name: str, longest: int) -> str:
    """Return a text of 1 to so many characters, trimmed.

    :raises UnprocessableEntity: if it is missing, blank, too long, or no text.
    """
    text = body.get(name)
    if not isinstance(text, str) or not 1 <= len(text.strip()) <= longest:
        raise UnprocessableEntity(f"{name!r} must be a text of 1 to {longest:,} characters")
    return text.strip()


def optional_text(body: dict[str, Any], name: str, longest: int) -> str | None:
    """Return a text of at most so many characters, trimmed; None if it is missing, null or blank.

    :raises UnprocessableEntity: if it is too long, or no text.
    """
    text = body.get(name)
    if text is None:
        return None
    if not isinstance(text, str) or len(text.strip()) > longest:
        raise UnprocessableEntity(f"{name!r} must be a text of at most {longest:,} characters, or null")
    return text.strip() or None


def conversation(body: dict[str, Any]) -> Conversation | None:
    """Return the conversation of the body's context; None if there is none, or it cannot be used."""
    context = body.get("context")
    return context_signer().read(context if isinstance(context, str) else None)


def chosen_language(value: object) -> str | None:
    """Return a chosen language; None where none is chosen.

    :raises UnprocessableEntity: if there is no such language.
    """
    if value is None or (isinstance(value, str) and value in LANGUAGES):
        return value
    raise UnprocessableEntity(f"'lang' must be one of {', '.join(LANGUAGES)}, or null; not {value!r}"[:200])
