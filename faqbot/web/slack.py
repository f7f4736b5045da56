"""Slack's three addresses: events, the slash command, buttons.

They stand on Slack's SDK. Bolt would wait for Slack's own answer before its first acknowledgement, answer 404 to events
that nobody listens to, fail on bytes that are not UTF-8, and log what it refuses, and so what people say.
"""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, abort, json, jsonify, request
from werkzeug.exceptions import BadRequest, ServiceUnavailable, UnsupportedMediaType

from faqbot.channels.incoming import Fields, words
from faqbot.channels.slack_requests import click, command, event
from faqbot.web.body import json_object
from faqbot.web.chat import Chat, chat
from faqbot.web.received import count_received, is_from

blueprint = Blueprint("slack", __name__)
count_received(blueprint)

_FORM = "application/x-www-form-urlencoded"
_SECONDS_FOR_A_COMMAND = 0.7
"""Slack waits for three; after this the reply follows by itself."""


@blueprint.post("/slack/events")
def events() -> Response:
    """Take an event, and answer it after it was acknowledged."""
    found = _signed()
    body = _json()
    if words(body, "type") == "url_verification":
        return jsonify({"challenge": words(body, "challenge")})
    incoming = event(body) if words(body, "type") == "event_callback" else None
    if incoming is not None and found.posts.do(partial(found.slack.on_message, incoming)) is None:
        raise ServiceUnavailable("there is more to answer than can be; send it again", retry_after=60)
    return _acknowledged()


@blueprint.post("/slack/commands")
def commands() -> Response:
    """Answer a slash command."""
    request.get_data()  # kept, for the signature is of the body as it came
    if request.mimetype == _FORM and request.form.get("ssl_check") == "1":
        return _acknowledged()
    found = _signed()
    form = _form()
    work = found.commands.do(partial(found.slack.on_command, command(form)))
    if work is None:
        raise ServiceUnavailable("there is more to answer than can be; send it again", retry_after=60)
    try:
        return jsonify(work.result(_SECONDS_FOR_A_COMMAND))
    except NotYet:
        work.add_done_callback(partial(_follow, found, words(form, "response_url")))
        return _acknowledged()


@blueprint.post("/slack/interactive")
def interactive() -> Response:
    """Take a click on a button, and do what it is for after it was acknowledged."""
    found = _signed()
    try:
        body = json.loads(words(_form(), "payload"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("'payload' is not valid JSON") from error
    pressed = click(body) if isinstance(body, dict) else None
    if pressed is not None and found.posts.do(partial(found.slack.on_click, pressed)) is None:
        raise ServiceUnavailable("there is more to do than can be; press again", retry_after=60)
    return _acknowledged()


def _follow(found: Chat, response_url: str, work: "Future[dict[str, object]]") -> None:
    if work.exception() is None:
        found.slack.answer_later(response_url, work.result())


def _signed() -> Chat:
    """Return what serves Slack, once it is clear that the request is Slack's."""
    found = chat()
    if found.signature is None:
        abort(HTTPStatus.NOT_FOUND)
    headers = request.headers
    signature, timestamp = headers.get("X-Slack-Signature"), headers.get("X-Slack-Request-Timestamp")
    if not found.signature.fits(request.get_data(), timestamp, signature):
        abort(HTTPStatus.UNAUTHORIZED, "the request is not signed by Slack with our secret, within five minutes of now")
    is_from("slack_app")
    return found


def _json() -> Fields:
    if not request.is_json:
        raise UnsupportedMediaType("the body must be application/json")
    return json_object()


def _form() -> Fields:
    if request.mimetype != _FORM:
        raise UnsupportedMediaType(f"the body must be {_FORM}")
    return request.form.to_dict()


def _acknowledged() -> Response:
    return Response("", HTTPStatus.OK, mimetype="text/plain")
