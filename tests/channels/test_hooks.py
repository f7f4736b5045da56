"""Webhooks: what the cases in files do not say."""

from dataclasses import replace
from typing import Any

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.channels.markup import MATTERMOST
from faqbot.channels.slack_bot import SlackBot
from faqbot.channels.webhook_text import reply_text
from faqbot.web.chat import Outside
from tests.channels.conftest import Serve, Served
from tests.channels.ports import SECRET
from tests.channels.requests import send_click, send_command
from tests.channels.slack_api import Trouble

ASKED = "are you open on Sunday"
FIELDS = {"token": SECRET, "user_id": "u", "channel_id": "c"}


def ask(served: Served, text: str, hook: str = "rocketchat", **fields: object) -> Any:
    response = served.client.post(f"/hooks/{hook}", json={**FIELDS, "text": text, **fields})
    served.settle()
    return response.get_json()


def test_a_channel_gets_only_so_many_replies_a_minute(serve: Serve) -> None:
    served = serve(replies_per_minute=1)
    assert [bool(ask(served, ASKED, message_id=f"m{number}")) for number in range(2)] == [True, False]
    assert ask(served, ASKED, channel_id="another")


@pytest.mark.parametrize(("text", "said"), [("", "Bạn chưa nhập câu hỏi."), ("x" * 2_001, "2000")])
def test_a_message_that_cannot_be_asked_gets_a_word_on_that_each_time(served: Served, text: str, said: str) -> None:
    assert [said in ask(served, text, message_id="m1")["text"] for _ in range(2)] == [True, True]


def test_a_message_that_cannot_be_asked_gets_a_word_in_the_language_of_the_hook(served: Served) -> None:
    assert ask(served, "", "mattermost-english")["text"] == "Please type a question."


def test_without_a_public_address_there_are_no_buttons_and_no_link(serve: Serve) -> None:
    reply = ask(serve(public_url=None), ASKED, "mattermost")
    assert set(reply) == {"text", "response_type"}
    assert "/kb/" not in reply["text"]


def test_while_the_store_is_down_nobody_is_known(served: Served) -> None:
    served.around.store.down = True
    response = served.client.post("/hooks/zulip", data=FIELDS)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_a_button_of_a_removed_hook_does_nothing(served: Served) -> None:
    sealed = served.chat.seal.seal("gone", {"action": "helpful"})
    assert served.client.post("/hooks/gone/actions", json={"context": {"sealed": sealed}}).status_code == 401


@pytest.mark.parametrize("value", [{}, {"action": "unknown"}, {"action": "person"}])
def test_a_button_without_anything_to_do_does_nothing(served: Served, value: dict[str, str]) -> None:
    sealed = served.chat.seal.seal("mattermost", value)
    response = served.client.post("/hooks/mattermost/actions", json={"context": {"sealed": sealed}})
    assert (response.status_code, response.get_json()) == (200, {})


def test_feedback_is_not_thanked_for_where_it_cannot_be_kept(served: Served) -> None:
    sealed = served.chat.seal.seal("mattermost", {"action": "unhelpful", "message": "m1", "lang": "en"})
    body = {"context": {"sealed": sealed}}
    assert served.client.post("/hooks/mattermost/actions", json=body).get_json()["ephemeral_text"]
    served.around.service.forgetful = True
    assert served.client.post("/hooks/mattermost/actions", json=body).get_json() == {}


def test_a_text_that_is_too_long_is_cut_and_keeps_passage_and_link(library: Assistant) -> None:
    reply = library.ask(Question(ASKED))
    long = replace(reply, html="<p>" + "chữ " * 500 + "</p>" + reply.html)
    text = reply_text(long, MATTERMOST, "https://faq.example", most=300)
    assert len(text) <= 300
    assert text.startswith("**It is closed on Sundays.**\n\nchữ")
    assert text.endswith("…\n\n[Read the whole section](https://faq.example/kb/guide/hours?lang=en)")


def test_a_section_that_is_gone_is_not_shared(served: Served) -> None:
    value = {"lang": "en", "document": "guide", "section": "gone"}
    send_click(served.client, served.slack.response_url, "share", value)
    served.settle()
    assert served.slack.responses[0]["text"] == "This section is no longer in the documentation."


def test_where_a_response_cannot_be_sent_nothing_else_happens(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.slack.troubles += [Trouble(drop=True)]
    send_click(served.client, served.slack.response_url, "helpful", {"message": "m1"})
    served.settle()
    assert "did not arrive (RemoteDisconnected)" in caplog.text


def test_work_that_fails_is_logged_without_what_was_written(
    served: Served, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("SECRET")

    monkeypatch.setattr(SlackBot, "on_click", fail)
    assert send_click(served.client, served.slack.response_url, "helpful", {}).status_code == 200
    served.settle()
    assert "work after a request failed (RuntimeError)" in caplog.text
    assert "SECRET" not in caplog.text


def test_clicks_that_are_too_many_are_refused(serve: Serve) -> None:
    served = serve(around=Outside(most_waiting=-4))
    response = send_click(served.client, served.slack.response_url, "helpful", {})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert send_command(served.client, ASKED).status_code == 200
