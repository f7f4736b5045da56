"""The slash command: its writer alone sees the reply, and may share it."""

import json
from threading import Event

import pytest

from faqbot.service import Answered, Asked
from tests.channels.conftest import Serve, Served
from tests.channels.requests import FORM, send, send_command
from tests.channels.slack_api import message_fault, texts_of

ASKED = "are you open on Sunday"


def test_a_command_is_answered_within_the_acknowledgement(served: Served) -> None:
    body = send_command(served.client, ASKED).get_json()
    assert (body["response_type"], message_fault(body)) == ("ephemeral", None)
    assert "It is closed on Sundays." in texts_of(body)
    assert "Share in channel" in texts_of(body)
    assert served.slack.requests == 0


def test_in_a_direct_message_there_is_nobody_to_share_with(served: Served) -> None:
    assert "Share in channel" not in texts_of(
        send_command(served.client, ASKED, channel_name="directmessage").get_json()
    )


@pytest.mark.parametrize(("text", "word"), [("", "Bạn chưa nhập câu hỏi."), ("x" * 2_001, "2000")])
def test_a_command_without_a_question_or_with_too_long_a_one_gets_a_word_on_that(
    served: Served, text: str, word: str
) -> None:
    body = send_command(served.client, text).get_json()
    assert word in body["text"]
    assert [block["type"] for block in body["blocks"]] == ["section"]


def test_a_decline_offers_what_may_help_and_a_person(served: Served) -> None:
    words = texts_of(send_command(served.client, "is there a swimming pool").get_json())
    assert "Ask a person" in words
    assert "Helpful" not in words


def test_small_talk_has_no_buttons(served: Served) -> None:
    assert len(send_command(served.client, "hello").get_json()["blocks"]) == 1


def test_ssl_checks_get_a_bare_answer(served: Served) -> None:
    response = send(served.client, "/slack/commands", b"ssl_check=1&token=x", FORM)
    assert (response.status_code, response.data) == (200, b"")


def test_a_follow_up_of_the_same_person_is_understood(served: Served) -> None:
    send_command(served.client, "how many books can I take home")
    served.settle()
    assert "Borrowing" in texts_of(send_command(served.client, "more").get_json())
    assert "Borrowing" not in texts_of(send_command(served.client, "more", user_id="U2").get_json())


def test_a_reply_that_is_not_there_in_time_follows(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve()
    may_answer = Event()
    answer = served.around.service.answer

    def slowly(asked: Asked) -> Answered:
        may_answer.wait()
        return answer(asked)

    monkeypatch.setattr(served.around.service, "answer", slowly)
    response = send_command(served.client, ASKED, response_url=served.slack.response_url)
    assert (response.status_code, response.data) == (200, b"")
    may_answer.set()
    assert served.slack.arrived.wait(5)
    (body,) = served.slack.responses
    assert body["response_type"] == "ephemeral"
    assert "It is closed on Sundays." in json.dumps(body)


def test_while_the_store_is_down_commands_are_answered(served: Served) -> None:
    served.around.store.down = True
    assert "closed on Sundays" in texts_of(send_command(served.client, ASKED).get_json())
