"""Whatever is sent to an endpoint of a chat program: no failure of ours, and nothing for whom we do not know."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.chat import Outside, set_up
from tests.channels.ports import KINDS, SECRET, Everything
from tests.channels.requests import FORM, JSON, NOW, SIGNING_SECRET, signed
from tests.channels.slack_api import TOKEN
from tests.conftest import DATA

SLACK_PATHS = ("/slack/events", "/slack/commands", "/slack/interactive")
NOWHERE = "http://127.0.0.1:9"
"""Where nobody listens: whatever is posted does not arrive."""
HOOK_PATHS = tuple(f"/hooks/{kind}{ending}" for kind in (*KINDS, "no", "%00") for ending in ("", "/actions"))

_NAMES = """
    type event user text channel ts thread_ts channel_type bot_id subtype event_id team_id authorizations user_id
    is_ext_shared_channel challenge payload actions action_id value container response_url command ssl_check token
    trigger_word channel_id timestamp post_id message_id bot isEdited tmid context sealed lang document section
    question message edited api_app_id app_id
"""
_WORDS = """
    event_callback url_verification block_actions app_mention message im U1 C1 D1 <@UBOT> <@U1|x> <!here> <#C1> 1.2
    helpful choose:0 none share person mention http://127.0.0.1:9/x @**faqbot** faq sách mượn &lt; 🎉 \0 \ud800
"""
NAMES, WORDS = _NAMES.split(), _WORDS.split()
texts = st.one_of(st.sampled_from([*WORDS, SECRET]), st.text(st.characters(), max_size=30))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES) | texts, inner, max_size=6)
    ),
    max_leaves=20,
)
events = st.fixed_dictionaries(
    {"type": st.just("event_callback"), "event": st.dictionaries(st.sampled_from(NAMES), values, max_size=8)},
    optional={"event_id": values, "team_id": values, "authorizations": values, "is_ext_shared_channel": values},
)
clicks = st.fixed_dictionaries(
    {
        "type": st.just("block_actions"),
        "actions": st.lists(st.dictionaries(st.sampled_from(NAMES), values), max_size=2),
    },
    optional=dict.fromkeys(("user", "channel", "container", "message", "response_url"), values),
)


def as_json(value: object) -> tuple[bytes, str]:
    return json.dumps(value).encode(), JSON


def as_form(fields: dict[str, Any]) -> tuple[bytes, str]:
    return urlencode({name: str(value).encode("utf-8", "replace") for name, value in fields.items()}).encode(), FORM


def as_payload(value: object) -> tuple[bytes, str]:
    return as_form({"payload": json.dumps(value)})


fields = st.dictionaries(st.sampled_from(NAMES), values, max_size=10)
bodies = st.one_of(
    st.tuples(
        st.binary(max_size=200), st.sampled_from([JSON, FORM, "text/plain", "multipart/form-data; boundary=x", ""])
    ),
    st.builds(as_json, st.one_of(values, events, fields)),
    st.builds(as_form, fields),
    st.builds(as_payload, st.one_of(values, clicks)),
)


class Fuzzed:
    """An application to which anything may be sent."""

    def __init__(self, library: Assistant, data: Any) -> None:
        usual = Settings(
            knowledge=DATA / "library",
            data=data,
            slack_signing_secret=SIGNING_SECRET,
            slack_bot_token=TOKEN,
            public_url="https://faq.example",
            replies_per_minute=1_000_000,
        )
        app = create_app(usual)
        self.around = Everything(library)
        nowhere = Outside(lambda: NOW, lambda _: None, f"{NOWHERE}/api/", response_origins=frozenset({NOWHERE}))
        self.chat = set_up(app, usual, self.around.ports, nowhere)
        self.client = app.test_client(use_cookies=False)
        self.failures: list[str] = []
        """Of work that followed a request."""


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


@pytest.fixture(scope="module")
def fuzzed(library: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    found = Fuzzed(library, tmp_path_factory.mktemp("fuzzed"))
    listener = _Listener(found.failures)
    logging.getLogger("faqbot").addHandler(listener)
    yield found
    found.chat.posts.settle()
    logging.getLogger("faqbot").removeHandler(listener)


@settings(max_examples=400)
@given(path=st.sampled_from(SLACK_PATHS), body=bodies)
def test_signed_requests_never_fail(fuzzed: Fuzzed, path: str, body: tuple[bytes, str]) -> None:
    data, kind = body
    response = fuzzed.client.post(path, data=data, content_type=kind, headers=signed(data))
    fuzzed.chat.posts.settle()
    assert response.status_code < 500
    assert fuzzed.failures == []


@settings(max_examples=400)
@given(path=st.sampled_from(HOOK_PATHS), body=bodies, secret=st.sampled_from([SECRET, "x", ""]))
def test_webhooks_never_fail(fuzzed: Fuzzed, path: str, body: tuple[bytes, str], secret: str) -> None:
    data, kind = body
    response = fuzzed.client.post(path, data=data, content_type=kind, headers={"Authorization": f"Token {secret}"})
    assert response.status_code < 500
    if secret != SECRET:
        assert response.status_code in (400, 401, 415)


@settings(max_examples=300)
@given(
    path=st.sampled_from([*SLACK_PATHS, *HOOK_PATHS]),
    body=bodies,
    headers=st.dictionaries(
        st.sampled_from(["X-Slack-Signature", "X-Slack-Request-Timestamp", "Authorization"]),
        st.one_of(
            st.sampled_from([str(int(NOW)), f"v0={'0' * 64}", "Token ", "Bearer x", "v0=ü"]),
            st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=70),
        ),
    ),
)
def test_nobody_unknown_is_answered(
    fuzzed: Fuzzed, path: str, body: tuple[bytes, str], headers: dict[str, str]
) -> None:
    data, kind = body
    asked = len(fuzzed.around.service.asked)
    if SECRET.encode() in data or b"ssl_check=1" in data:
        return
    response = fuzzed.client.post(path, data=data, content_type=kind, headers=headers)
    fuzzed.chat.posts.settle()
    assert response.status_code in ((401,) if path in SLACK_PATHS else (400, 401, 415))
    assert len(fuzzed.around.service.asked) == asked


@pytest.mark.parametrize("path", [*SLACK_PATHS, "/hooks/slack", "/hooks/mattermost/actions"])
def test_only_posts_are_taken(fuzzed: Fuzzed, path: str) -> None:
    assert [fuzzed.client.open(path, method=method).status_code for method in ("GET", "PUT", "DELETE")] == [405] * 3
