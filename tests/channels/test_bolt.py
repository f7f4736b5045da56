"""Bolt, Slack's own framework, is the judge: what it takes as Slack's we take, and what it refuses we refuse."""

import json
from collections.abc import Mapping
from time import time
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from tests.channels.conftest import Served
from tests.channels.requests import FORM, JSON, SIGNING_SECRET, mention, signed
from tests.channels.slack_api import TOKEN, SlackStandIn

EVENT = json.dumps(
    {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": "E1",
        "event": mention("open on Sunday?"),
    }
).encode()
COMMAND = urlencode({"command": "/faq", "text": "mở cửa không", "user_id": "U1", "channel_id": "C1", "team_id": "T1"})
CLICK = urlencode(
    {
        "payload": json.dumps(
            {
                "type": "block_actions",
                "user": {"id": "U1"},
                "team": {"id": "T1"},
                "actions": [{"action_id": "helpful", "value": "{}"}],
            }
        )
    }
)
REQUESTS = {
    "/slack/events": (EVENT, JSON),
    "/slack/commands": (COMMAND.encode(), FORM),
    "/slack/interactive": (CLICK.encode(), FORM),
}


@pytest.fixture
def bolt(slack: SlackStandIn, served: Served) -> App:
    """Bolt, with a listener for all that we listen to, and our clock."""
    app = App(
        signing_secret=SIGNING_SECRET,
        client=WebClient(TOKEN, slack.api),
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token=TOKEN),
        process_before_response=True,
        request_verification_enabled=True,
    )
    app.event("app_mention")(lambda: None)
    app.command("/faq")(lambda ack: ack("yes"))
    app.action("helpful")(lambda ack: ack())
    return app


def statuses(bolt: App, served: Served, path: str, headers: Mapping[str, str]) -> tuple[int, int]:
    """Return what Bolt answers to a request, and what we do."""
    body, kind = REQUESTS[path]
    judged = bolt.dispatch(BoltRequest(body=body.decode(), headers={"content-type": kind, **headers}))
    ours = served.client.post(path, data=body, content_type=kind, headers=headers)
    served.settle()
    return judged.status, ours.status_code


@pytest.mark.parametrize("path", list(REQUESTS))
def test_what_bolt_takes_we_take(bolt: App, served: Served, path: str) -> None:
    served.now[0] = time()
    assert statuses(bolt, served, path, signed(REQUESTS[path][0], served.now[0])) == (200, 200)


@pytest.mark.parametrize("path", list(REQUESTS))
@pytest.mark.parametrize("age", [-400, 400])
def test_what_bolt_refuses_for_its_age_we_refuse(bolt: App, served: Served, path: str, age: float) -> None:
    served.now[0] = time()
    assert statuses(bolt, served, path, signed(REQUESTS[path][0], served.now[0] - age)) == (401, 401)


@pytest.mark.parametrize("path", list(REQUESTS))
def test_what_bolt_refuses_for_its_signature_we_refuse(bolt: App, served: Served, path: str) -> None:
    served.now[0] = time()
    headers = signed(REQUESTS[path][0], served.now[0], secret="another secret")
    assert statuses(bolt, served, path, headers) == (401, 401)
