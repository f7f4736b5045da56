"""Requests in the shape that each program sends, and what they must get: a file a case, in tests/cases/webhooks."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from werkzeug.test import TestResponse

from faqbot.web.app import LARGEST_BODY
from tests.channels.conftest import Serve, Served
from tests.channels.requests import FORM, JSON, NOW, signed
from tests.channels.slack_api import texts_of

FILES = sorted((Path(__file__).parents[1] / "cases" / "webhooks").iterdir())
KEYS = {"about", "settings", "requests", "posts", "counted", "source"}
REQUEST_KEYS = {"path", "json", "form", "body", "pad", "content_type", "signed", "headers", "reply"}
REPLY_KEYS = {"status", "json", "body", "fields", "has", "lacks"}


def body_of(request: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the bytes of a request, and their type. ``pad`` lengthens a body to one byte more than is allowed."""
    if "json" in request:
        body, kind = json.dumps(request["json"], ensure_ascii=False).encode(), JSON
    elif "form" in request:
        body, kind = urlencode(request["form"]).encode(), FORM
    else:
        body, kind = str(request["body"]).encode("latin-1"), FORM
    if "pad" in request:
        body += b" " * (LARGEST_BODY + request["pad"] - len(body))
    return body, request.get("content_type", kind)


def headers_of(request: Mapping[str, Any], body: bytes) -> dict[str, str]:
    """Return the headers of a request. ``signed`` is ``no``, or how many seconds ago; Slack's are, by default, now."""
    age = request.get("signed", 0 if request["path"].startswith("/slack/") else "no")
    headers = {} if age == "no" else signed(body, NOW - age)
    return {**headers, **request.get("headers", {})}


def send(served: Served, request: Mapping[str, Any]) -> TestResponse:
    body, kind = body_of(request)
    response = served.client.post(request["path"], data=body, content_type=kind, headers=headers_of(request, body))
    served.settle()
    return response


def faults_of(response: TestResponse, wanted: Mapping[str, Any]) -> list[str]:
    """Return what a response has that it should not, and the other way round."""
    found = response.get_json(silent=True)
    faults = [] if response.status_code == wanted["status"] else [f"status {response.status_code}"]
    if "json" in wanted and found != wanted["json"]:
        faults.append(f"body {found}")
    if "body" in wanted and response.text != wanted["body"]:
        faults.append(f"body {response.text!r}")
    fields = found if isinstance(found, dict) else {}
    faults += [
        f"{name} {fields.get(name)!r}" for name, value in wanted.get("fields", {}).items() if fields.get(name) != value
    ]
    return faults + word_faults(texts_of(fields) if fields.get("text") else response.text, wanted)


def word_faults(text: str, wanted: Mapping[str, Any]) -> list[str]:
    missing = [f"no {word!r} in {text!r}" for word in wanted.get("has", []) if word not in text]
    return missing + [f"{word!r} in {text!r}" for word in wanted.get("lacks", []) if word in text]


def post_faults(posts: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> list[str]:
    if len(posts) != len(wanted):
        return [f"{len(posts)} posts"]
    pairs = list(zip(posts, wanted, strict=True))
    fields = [
        f"{name} {post.get(name)!r}"
        for post, want in pairs
        for name in ("channel", "thread_ts")
        if post.get(name) != want[name]
    ]
    return fields + [fault for post, want in pairs for fault in word_faults(texts_of(post), want)]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_requests_get_what_they_must(serve: Serve, file: Path) -> None:
    case = yaml.safe_load(file.read_text("utf-8"))
    served = serve(**case.get("settings", {}))
    faults = []
    for request in case["requests"]:
        faults += faults_of(send(served, request), request["reply"])
    faults += post_faults(served.slack.posts, case.get("posts", []))
    assert (faults, served.slack.faults) == ([], [])
    assert len(served.around.service.asked) == case.get("counted", len(case.get("posts", [])))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_case_says_nothing_that_is_not_looked_at(file: Path) -> None:
    case = yaml.safe_load(file.read_text("utf-8"))
    assert file.suffix == ".yaml"
    assert case["about"]
    assert set(case) <= KEYS
    for request in case["requests"]:
        assert set(request) <= REQUEST_KEYS
        assert set(request["reply"]) <= REPLY_KEYS


@pytest.mark.parametrize(
    "program", ["slack-event", "slack-command", "slack-button", "slack-hook", "mattermost", "rocketchat", "zulip"]
)
def test_every_program_has_cases(program: str) -> None:
    assert len([file for file in FILES if file.stem.startswith(program)]) >= 4
