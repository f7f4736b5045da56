"""Somebody writes to us in Slack, and gets one reply, in the thread."""

import json

import pytest

from faqbot.knowledge.model import SectionKey
from faqbot.reply import Conversation
from faqbot.web.chat import Outside
from faqbot.web.later import THREADS
from tests.channels.conftest import Serve, Served
from tests.channels.requests import mention, send_event
from tests.channels.slack_api import BROKEN, DROPPED, HANGING, RATE_LIMITED, Trouble, texts_of

ASKED = "are you open on Sunday"


def test_a_mention_is_answered_in_its_thread(served: Served) -> None:
    assert send_event(served.client, mention(ASKED)).status_code == 200
    served.settle()
    (post,) = served.slack.posts
    assert (post["channel"], post["thread_ts"]) == ("C1", "100.000001")
    assert "*It is closed on Sundays.*" in texts_of(post)
    assert served.slack.faults == []


def test_a_reply_links_to_the_section_and_has_buttons(served: Served) -> None:
    send_event(served.client, mention(ASKED))
    served.settle()
    words = texts_of(served.slack.posts[0])
    assert "<https://faq.example/kb/guide/hours?lang=en|Read the whole section>" in words
    assert [words.count(button) for button in ("Helpful", "Not helpful", "Ask a person")] == [1, 1, 1]


def test_without_a_public_address_there_is_no_link(serve: Serve) -> None:
    served = serve(public_url=None)
    send_event(served.client, mention(ASKED))
    served.settle()
    assert "/kb/" not in texts_of(served.slack.posts[0])


def test_the_event_is_acknowledged_before_slack_has_the_reply(served: Served) -> None:
    served.slack.troubles.append(HANGING)
    assert send_event(served.client, mention(ASKED)).status_code == 200
    served.slack.released.set()
    served.settle()


def test_a_follow_up_in_the_thread_is_understood(served: Served) -> None:
    send_event(served.client, mention("how many books can I take home"))
    served.settle()
    send_event(served.client, mention("more", ts="101.1", thread_ts="100.000001"), event_id="Ev2")
    served.settle()
    assert [post["thread_ts"] for post in served.slack.posts] == ["100.000001", "100.000001"]
    assert "Borrowing" in texts_of(served.slack.posts[1])
    assert [asked.conversation and asked.conversation.id for asked in served.around.service.asked] == [None, "c1"]


def test_a_direct_message_carries_on_from_the_one_before(served: Served) -> None:
    direct = {"type": "message", "channel_type": "im", "user": "U1", "channel": "D1"}
    for number, text in enumerate(("how many books can I take home", "more")):
        send_event(served.client, {**direct, "text": text, "ts": f"10{number}.1"}, event_id=f"Ev{number}")
        served.settle()
    assert "Borrowing" in texts_of(served.slack.posts[1])


def test_hours_later_a_direct_message_starts_anew(served: Served) -> None:
    direct = {"type": "message", "channel_type": "im", "user": "U1", "channel": "D1"}
    send_event(served.client, {**direct, "text": "how many books can I take home", "ts": "1.1"})
    served.settle()
    served.now[0] += 3 * 60 * 60
    send_event(served.client, {**direct, "text": "more", "ts": "2.1"}, at=served.now[0], event_id="Ev2")
    served.settle()
    assert "Borrowing" not in texts_of(served.slack.posts[1])


def test_another_thread_is_another_conversation(served: Served) -> None:
    send_event(served.client, mention("how many books can I take home"))
    send_event(served.client, mention("more", ts="300.1"), event_id="Ev2")
    served.settle()
    assert sorted(asked.conversation is None for asked in served.around.service.asked) == [True, True]


def test_where_outsiders_read_along_only_public_sections_are_answered(served: Served) -> None:
    send_event(served.client, mention("how many books can I take home"), is_ext_shared_channel=True)
    send_event(served.client, mention(ASKED, ts="2.1"), event_id="Ev2", is_ext_shared_channel=True)
    served.settle()
    words = "\n".join(texts_of(post) for post in served.slack.posts)
    assert "5 books" not in words
    assert "closed on Sundays" in words


def test_where_it_cannot_help_it_may_stay_silent_in_a_channel(serve: Serve) -> None:
    served = serve(slack_silent=True)
    send_event(served.client, mention("is there a swimming pool"))
    direct = {
        "type": "message",
        "channel_type": "im",
        "user": "U1",
        "text": "is there a swimming pool",
        "channel": "D1",
    }
    send_event(served.client, {**direct, "ts": "5.1"}, event_id="Ev2")
    served.settle()
    assert [post["channel"] for post in served.slack.posts] == ["D1"]


def test_the_language_can_be_fixed(serve: Serve) -> None:
    served = serve(slack_language="vi")
    send_event(served.client, mention(ASKED))
    served.settle()
    assert "Chủ nhật thư viện nghỉ." in texts_of(served.slack.posts[0])


def test_a_channel_gets_only_so_many_replies_a_minute(serve: Serve) -> None:
    served = serve(replies_per_minute=3)
    for number in range(5):
        send_event(served.client, mention(ASKED, ts=f"{number}.1"), event_id=f"Ev{number}")
    send_event(served.client, mention(ASKED, ts="9.1", channel="C2"), event_id="Ev9")
    served.settle()
    assert sorted(post["channel"] for post in served.slack.posts) == ["C1", "C1", "C1", "C2"]


def test_a_message_that_is_delivered_twice_is_answered_once(served: Served) -> None:
    for _ in range(3):
        assert send_event(served.client, mention(ASKED)).status_code == 200
    served.settle()
    assert (len(served.slack.posts), len(served.around.service.asked)) == (1, 1)


def test_a_mention_that_comes_as_two_events_is_answered_once(served: Served) -> None:
    send_event(served.client, mention(ASKED))
    send_event(served.client, mention(ASKED, type="message"), event_id="Ev2")
    served.settle()
    assert len(served.slack.posts) == 1


def test_while_the_store_is_down_a_message_is_still_answered_once(served: Served) -> None:
    served.around.store.down = True
    for _ in range(2):
        send_event(served.client, mention(ASKED))
    served.settle()
    assert len(served.slack.posts) == 1


def test_a_reply_waits_as_long_as_slack_says(served: Served) -> None:
    served.slack.troubles += [RATE_LIMITED, RATE_LIMITED]
    send_event(served.client, mention(ASKED))
    served.settle()
    assert (len(served.slack.posts), served.pauses) == (1, [7.0, 7.0])


@pytest.mark.parametrize("trouble", [BROKEN, DROPPED, Trouble(503)])
def test_after_a_failure_of_slacks_the_reply_is_sent_again(served: Served, trouble: Trouble) -> None:
    served.slack.troubles.append(trouble)
    send_event(served.client, mention(ASKED))
    served.settle()
    assert (len(served.slack.posts), served.pauses) == (1, [1.0])


@pytest.mark.parametrize(
    "troubles",
    [[BROKEN] * 3, [Trouble(429, {"Retry-After": "3600"})], [Trouble(body={"ok": False, "error": "not_in_channel"})]],
)
def test_a_reply_that_cannot_be_posted_is_owed(served: Served, troubles: list[Trouble]) -> None:
    served.slack.troubles += troubles
    send_event(served.client, mention(ASKED))
    served.settle()
    assert served.slack.posts == []
    send_event(served.client, mention(ASKED))
    served.settle()
    assert len(served.slack.posts) == 1


def test_a_reply_that_may_have_arrived_is_not_sent_again(serve: Serve) -> None:
    served = serve(around=Outside(seconds_to_answer=0.05))
    served.slack.troubles.append(HANGING)
    send_event(served.client, mention(ASKED))
    served.settle()
    send_event(served.client, mention(ASKED))
    served.settle()
    assert served.slack.requests == 1


def test_a_false_token_is_not_tried_again(serve: Serve) -> None:
    served = serve(slack_bot_token="xoxb-another-workspace")
    send_event(served.client, mention(ASKED))
    served.settle()
    assert (served.slack.posts, served.slack.faults) == ([], ["invalid_auth"])


def test_without_a_token_events_are_acknowledged(serve: Serve) -> None:
    served = serve(slack_bot_token=None)
    assert send_event(served.client, mention(ASKED)).status_code == 200
    served.settle()
    assert served.slack.requests == 0


def test_where_slack_is_not_set_up_there_is_no_such_page(serve: Serve) -> None:
    served = serve(slack_signing_secret=None)
    assert send_event(served.client, mention(ASKED)).status_code == 404


def test_more_than_can_be_answered_is_refused_and_answered_when_it_comes_again(serve: Serve) -> None:
    served = serve(around=Outside(most_waiting=0))
    served.slack.troubles += [HANGING] * THREADS
    for number in range(THREADS):
        assert send_event(served.client, mention(ASKED, ts=f"{number}.1"), event_id=f"Ev{number}").status_code == 200
    refused = send_event(served.client, mention(ASKED, ts="9.1"), event_id="Ev9")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    served.slack.released.set()
    served.settle()
    send_event(served.client, mention(ASKED, ts="9.1"), event_id="Ev9", headers={"X-Slack-Retry-Num": "1"})
    served.settle()
    assert [post["thread_ts"] for post in served.slack.posts].count("9.1") == 1


def test_nothing_that_somebody_wrote_is_in_the_log(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "faqbot")
    served.slack.troubles += [BROKEN] * 3
    send_event(served.client, mention("are you open on SECRETDAY"))
    served.settle()
    assert caplog.records
    assert "SECRETDAY" not in caplog.text


def test_what_calls_people_in_a_question_does_not_in_the_reply(served: Served) -> None:
    send_event(served.client, mention("@everyone <!channel> <https://evil.example|are you open on Sunday>"))
    served.settle()
    words = json.dumps(served.slack.posts[0]["text"]) + json.dumps(
        [block for block in served.slack.posts[0]["blocks"] if block["type"] != "actions"]
    )
    assert [sign for sign in ("@everyone", "<!", "evil.example") if sign in words] == []


def test_what_is_remembered_of_a_thread_is_what_the_reply_leaves(served: Served) -> None:
    send_event(served.client, mention("how many books can I take home"))
    served.settle()
    ((_, found),) = served.around.store.threads.values()
    assert found == Conversation("en", SectionKey("guide", "loans"), id="c1")
