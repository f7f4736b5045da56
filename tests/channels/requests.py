"""Requests as chat programs send them."""

import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1531420618.0
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def signed(body: bytes, timestamp: float = NOW, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers by which Slack signs a body."""
    base = b"v0:%d:%s" % (int(timestamp), body)
    digest = hmac.new(secret.encode(), base, "sha256").hexdigest()
    return {"X-Slack-Request-Timestamp": str(int(timestamp)), "X-Slack-Signature": f"v0={digest}"}


def send(
    client: FlaskClient, path: str, body: bytes, content_type: str, headers: Mapping[str, str] | None = None
) -> TestResponse:
    """Send a request; without headers it is signed."""
    return client.post(path, data=body, content_type=content_type, headers=signed(body) if headers is None else headers)


def event_body(event: Mapping[str, Any], **around: object) -> bytes:
    """Return an event of Slack's as it is sent, with more fields around it."""
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": "Ev1",
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        "event": event,
        **around,
    }
    return json.dumps(body).encode()


def send_event(
    client: FlaskClient,
    event: Mapping[str, Any],
    *,
    at: float = NOW,
    headers: Mapping[str, str] | None = None,
    **around: object,
) -> TestResponse:
    """Send an event of Slack's, with more headers and fields around it."""
    data = event_body(event, **around)
    return send(client, "/slack/events", data, JSON, {**signed(data, at), **(headers or {})})


def mention(text: str, **changes: object) -> dict[str, object]:
    """Return an event: somebody mentions us in a channel."""
    usual = {"type": "app_mention", "user": "U1", "text": f"<@UBOT> {text}", "channel": "C1", "ts": "100.000001"}
    return usual | changes


def send_command(client: FlaskClient, text: str, **changes: str) -> TestResponse:
    """Send a slash command of Slack's."""
    form = {"command": "/faq", "text": text, "user_id": "U1", "channel_id": "C1", "team_id": "T1", **changes}
    return send(client, "/slack/commands", urlencode(form).encode(), FORM)


def send_click(client: FlaskClient, response_url: str, action: str, value: object, **changes: object) -> TestResponse:
    """Press a button of a message in Slack."""
    payload = {
        "type": "block_actions",
        "user": {"id": "U1", "name": "an"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": "200.000001", "thread_ts": "100.000001"},
        "response_url": response_url,
        "actions": [{"action_id": action, "value": value if isinstance(value, str) else json.dumps(value)}],
        **changes,
    }
    return send(client, "/slack/interactive", urlencode({"payload": json.dumps(payload)}).encode(), FORM)
