"""The addresses of webhooks: a message, or a slash command, and a click on a button of Mattermost's."""

from functools import partial
from http import HTTPStatus
from typing import NoReturn

from flask import Blueprint, Response, abort, jsonify, request
from werkzeug.exceptions import ServiceUnavailable, UnsupportedMediaType

from faqbot.channels import mattermost
from faqbot.channels.incoming import Fields, inner, words
from faqbot.channels.offers import Given
from faqbot.channels.platforms import PLATFORMS, Body
from faqbot.channels.ports import Hook
from faqbot.errors import StoreError
from faqbot.web.body import json_object
from faqbot.web.chat import Chat, chat
from faqbot.web.received import count_received, is_from

blueprint = Blueprint("hooks", __name__)
count_received(blueprint)

_WITH_BUTTONS = "mattermost"
_SLACK = "slack"
_SCHEMES = ("token", "bearer")


@blueprint.post("/hooks/<name>")
def hook(name: str) -> Response:
    """Answer a message that a chat program delivers, or say nothing, which is an empty object."""
    found, fields = chat(), _fields()
    admitted = _admitted(found, name, fields)
    platform = PLATFORMS[admitted.kind]
    incoming = platform.read(fields)
    given = found.hooks.answer(admitted, incoming) if incoming else None
    if incoming is None or given is None:
        return jsonify({})
    return jsonify({**platform.write(given, incoming, found.base_url), **_buttons(found, admitted, given)})


@blueprint.post("/hooks/<name>/actions")
def hook_action(name: str) -> Response:
    """Do what a button of Mattermost's is for."""
    found, fields = chat(), _fields()
    value = found.seal.read(name, words(inner(fields, "context"), "sealed"))
    admitted = _known(found, name) if value is not None else None
    if value is None or admitted is None or admitted.kind != _WITH_BUTTONS:
        _refuse()
    is_from(admitted.kind)
    done = found.hooks.press(admitted, fields, value)
    if isinstance(done, Given):
        update = {"message": mattermost.text(done, found.base_url), "props": _buttons(found, admitted, done)}
        return jsonify({"update": update})
    return jsonify({"ephemeral_text": done} if done else {})


def _fields() -> Fields:
    """Return the fields of a form or of a JSON object."""
    request.get_data()  # kept, for a signature is of the body as it came
    if request.mimetype == "application/x-www-form-urlencoded":
        return request.form.to_dict()
    if not request.is_json:
        raise UnsupportedMediaType("the body must be application/json or application/x-www-form-urlencoded")
    return json_object()


def _admitted(found: Chat, name: str, fields: Fields) -> Hook:
    """Return the hook of that name, once it is clear that its program is asking."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    secret = token.strip() if scheme.lower() in _SCHEMES else words(fields, "token")
    known = _known(found, name)
    if known is None or known.kind not in PLATFORMS:
        _refuse()
    if not known.accepts(secret) and not (known.kind == _SLACK and _is_signed(found)):
        _refuse()
    is_from(known.kind)
    return known


def _known(found: Chat, name: str) -> Hook | None:
    try:
        return found.ports.hooks.find(name)
    except StoreError as error:
        raise ServiceUnavailable("nobody can be recognised now; send it again", retry_after=60) from error


def _is_signed(found: Chat) -> bool:
    if found.signature is None:
        return False
    headers = request.headers
    signature, timestamp = headers.get("X-Slack-Signature"), headers.get("X-Slack-Request-Timestamp")
    return found.signature.fits(request.get_data(), timestamp, signature)


def _buttons(found: Chat, hook: Hook, given: Given) -> Body:
    """Return the part of a reply that holds its buttons; nothing where clicks could not reach us."""
    if hook.kind != _WITH_BUTTONS or found.base_url is None:
        return {}
    url = f"{found.base_url}/hooks/{hook.name}/actions"
    attachments = mattermost.buttons(given, url, partial(found.seal.seal, hook.name))
    return {"attachments": attachments} if attachments else {}


def _refuse() -> NoReturn:
    abort(HTTPStatus.UNAUTHORIZED, "no webhook of that name has that secret")
