"""Buttons in Slack: each does what it says, once."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from faqbot.language.pack import language_pack
from tests.channels.conftest import Served
from tests.channels.requests import FORM, send, send_click, send_command
from tests.channels.slack_api import BROKEN, SHARED_CHANNEL, Trouble, texts_of

ASKED = "are you open on Sunday"
EPHEMERAL = {"container": {"type": "message", "message_ts": "200.000001", "is_ephemeral": True}}
NOT_COVERED = "is there a swimming pool"


def press(served: Served, button: Mapping[str, Any], **changes: object) -> None:
    """Press a button of a reply, and wait until its work is done."""
    action, value = button["action_id"], button["value"]
    response = send_click(served.client, served.slack.response_url, action, value, **changes)
    assert (response.status_code, response.data) == (200, b"")
    served.settle()


def button(body: Mapping[str, Any], words: str) -> Mapping[str, Any]:
    """Return the button of a reply with these words on it."""
    found = [each for block in body["blocks"] if block["type"] == "actions" for each in block["elements"]]
    chosen: Mapping[str, Any] = next(each for each in found if each["text"]["text"] == words)
    return chosen


def reply(served: Served, text: str) -> Mapping[str, Any]:
    body: Mapping[str, Any] = send_command(served.client, text).get_json()
    return body


@pytest.mark.parametrize(("words", "helpful"), [("Helpful", True), ("Not helpful", False)])
def test_feedback_is_kept_and_thanked_for(served: Served, words: str, helpful: bool) -> None:
    press(served, button(reply(served, ASKED), words))
    assert served.around.service.judged == [("m1", helpful)]
    (thanks,) = served.slack.responses
    assert (thanks["response_type"], thanks["replace_original"]) == ("ephemeral", False)
    assert thanks["text"] == "Thank you for telling us."


def test_a_section_on_offer_takes_the_place_of_the_offer(served: Served) -> None:
    offer = {"action_id": "choose:0", "value": json.dumps({"lang": "en", "document": "guide", "section": "loans"})}
    press(served, offer)
    (body,) = served.slack.responses
    assert body["replace_original"] is True
    assert "Borrowing" in texts_of(body)


def test_a_section_that_outsiders_may_not_read_is_not_chosen(served: Served) -> None:
    value = {"lang": "en", "document": "guide", "section": "loans", "public": "yes"}
    press(served, {"action_id": "choose:0", "value": json.dumps(value)})
    assert "Borrowing" not in texts_of(served.slack.responses[0])


def test_none_of_these_leads_to_a_person(served: Served) -> None:
    press(served, {"action_id": "none", "value": json.dumps({"lang": "en", "question": NOT_COVERED})})
    (body,) = served.slack.responses
    press(served, button(body, "Ask a person"))
    assert [new.message for new in served.around.service.handed] == [NOT_COVERED]


def test_a_question_is_handed_over_once(served: Served) -> None:
    asked = button(reply(served, NOT_COVERED), "Ask a person")
    press(served, asked)
    press(served, asked)
    (new,) = served.around.service.handed
    assert (new.message, new.name, new.contact, new.language) == (NOT_COVERED, "an", "slack:U1", "en")
    assert new.conversation == "c1"
    assert [body["text"] for body in served.slack.responses] == ["Your question is with a person now, as ticket 1."]


def test_a_hand_over_that_failed_can_be_tried_again(served: Served) -> None:
    asked = button(reply(served, NOT_COVERED), "Ask a person")
    served.around.store.down = True
    press(served, asked)
    assert language_pack("en").say("handoff_down") in served.slack.responses[0]["text"]
    served.around.store.down = False
    press(served, asked)
    assert len(served.around.service.handed) == 1


def test_a_reply_is_shared_with_the_channel(served: Served) -> None:
    press(served, button(reply(served, ASKED), "Share in channel"), **EPHEMERAL)
    (body,) = served.slack.responses
    assert (body["response_type"], body["replace_original"]) == ("in_channel", False)
    assert "*It is closed on Sundays.*" in texts_of(body)
    assert "Share in channel" not in texts_of(body)


def test_a_section_for_insiders_is_not_shared_with_outsiders(served: Served) -> None:
    shared = button(reply(served, "how many books can I take home"), "Share in channel")
    press(served, shared, **EPHEMERAL, channel={"id": SHARED_CHANNEL})
    (body,) = served.slack.responses
    assert body["response_type"] == "ephemeral"
    assert "people from outside" in body["text"]


def test_a_public_section_is_shared_with_outsiders(served: Served) -> None:
    press(served, button(reply(served, ASKED), "Share in channel"), **EPHEMERAL, channel={"id": SHARED_CHANNEL})
    assert served.slack.responses[0]["response_type"] == "in_channel"


@pytest.mark.parametrize("troubles", [[Trouble(body={"ok": False, "error": "missing_scope"})], [BROKEN] * 3])
def test_where_slack_does_not_say_who_is_there_outsiders_may_be(served: Served, troubles: list[Trouble]) -> None:
    served.slack.troubles += troubles
    press(served, button(reply(served, "how many books can I take home"), "Share in channel"), **EPHEMERAL)
    assert "people from outside" in json.dumps(served.slack.responses)


def test_a_reply_goes_to_the_thread_of_the_message(served: Served) -> None:
    press(served, button(reply(served, ASKED), "Helpful"))
    assert served.slack.responses[0]["thread_ts"] == "100.000001"


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/actions/T1/2/3",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/?https://hooks.slack.com/",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com",
        "https://hooks.slack.com\\@evil.example/",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "https://[::1/x",
        "",
    ],
)
def test_nothing_is_sent_to_any_other_address(served: Served, url: str, caplog: pytest.LogCaptureFixture) -> None:
    response = send_click(served.client, url, "helpful", {"message": "m1"})
    served.settle()
    assert response.status_code == 200
    assert "its address is not one of" in caplog.text


def test_a_redirect_is_not_followed(served: Served) -> None:
    served.slack.troubles.append(Trouble(302, {"Location": f"{served.slack.origin}/commands/elsewhere"}))
    press(served, button(reply(served, ASKED), "Helpful"))
    assert (served.slack.requests, served.slack.responses) == (1, [])


def test_a_response_is_sent_again_where_slack_asks_for_it(served: Served) -> None:
    served.slack.troubles += [BROKEN, Trouble(429)]
    press(served, button(reply(served, ASKED), "Helpful"))
    assert (len(served.slack.responses), served.pauses) == (1, [1, 2])


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [5]},
        {"type": "block_actions", "actions": [{"action_id": "unknown", "value": "x"}]},
        {"type": "block_actions", "actions": [{"action_id": "choose:0", "value": "[1]"}]},
        {},
        [],
    ],
)
def test_other_payloads_are_acknowledged(served: Served, payload: object) -> None:
    data = b"payload=" + json.dumps(payload).encode()
    assert send(served.client, "/slack/interactive", data, FORM).status_code == 200
    served.settle()


@pytest.mark.parametrize("data", [b"payload=%7B", b"", b"payload=" + b"[" * 30_000])
def test_a_payload_that_is_no_json_is_refused(served: Served, data: bytes) -> None:
    assert send(served.client, "/slack/interactive", data, FORM).status_code == 400
