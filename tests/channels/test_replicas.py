"""Several servers share a store: each message is answered and counted once, whichever of them it is delivered to."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.tables import exchanges
from faqbot.web.app import create_app
from faqbot.web.chat import Chat, Outside, ports_of, set_up
from tests.channels.requests import FORM, NOW, SIGNING_SECRET, mention, send_command, send_event
from tests.channels.slack_api import TOKEN, SlackStandIn, texts_of
from tests.conftest import DATA

ASKED = "are you open on Sunday"
KEY = "the key that replicas share"
UNCLEAR = "what is the capital of France"


@dataclass
class Replica:
    """One of the servers."""

    app: Flask
    chat: Chat

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client(use_cookies=False)

    @property
    def service(self) -> Service:
        found: Service = self.app.extensions["faqbot"]
        return found

    def asked(self) -> int:
        """How many messages are kept."""
        assert self.service.store.writer.flush(5)
        with self.service.store.database.reading() as connection:
            return len(connection.execute(exchanges.select()).all())


@pytest.fixture
def replicas(slack: SlackStandIn, tmp_path: Path, database_url: str) -> Iterator[list[Replica]]:
    """Two servers with one store; once in SQLite, once in PostgreSQL."""
    settings = Settings(
        knowledge=DATA / "library",
        data=tmp_path,
        database_url=database_url,
        secret_key=KEY,
        public_url="https://faq.example",
        slack_signing_secret=SIGNING_SECRET,
        slack_bot_token=TOKEN,
    )
    outside = Outside(lambda: NOW, lambda _: None, slack.api, response_origins=frozenset({slack.origin}))
    found = []
    for _ in range(2):
        app = create_app(settings)
        found.append(Replica(app, set_up(app, settings, ports_of(app.extensions["faqbot"]), outside)))
    yield found
    for each in found:
        each.chat.posts.settle()
        each.service.store.close()


def test_an_event_that_is_delivered_to_both_is_answered_once(replicas: list[Replica], slack: SlackStandIn) -> None:
    with ThreadPoolExecutor(8) as senders:
        done = senders.map(lambda at: send_event(replicas[at % 2].client, mention(ASKED)).status_code, range(16))
        assert set(done) == {200}
    for each in replicas:
        each.chat.posts.settle()
    assert len(slack.posts) == 1
    assert [each.service.store.writer.flush(5) for each in replicas] == [True, True]
    assert replicas[0].asked() == 1


def test_a_thread_is_remembered_by_the_other(replicas: list[Replica], slack: SlackStandIn) -> None:
    first, second = replicas
    send_event(first.client, mention("how many books can I take home"))
    first.chat.posts.settle()
    send_event(second.client, mention("more", ts="101.1", thread_ts="100.000001"), event_id="Ev2")
    second.chat.posts.settle()
    assert "Borrowing books" in texts_of(slack.posts[1])


def test_a_hook_answers_the_same_on_both_and_counts_once(replicas: list[Replica]) -> None:
    first, second = replicas
    secret = first.service.store.hooks.add("chat", "rocketchat")
    fields = {"token": secret, "user_id": "u", "channel_id": "c", "message_id": "m1", "text": ASKED}
    replies = [each.client.post("/hooks/chat", json=fields).get_json() for each in (first, second, first)]
    assert "It is closed on Sundays." in replies[0]["text"]
    assert replies[0] == replies[1] == replies[2]
    assert [each.service.store.writer.flush(5) for each in replicas] == [True, True]
    assert first.asked() == 1


def test_a_follow_up_that_is_delivered_twice_gets_the_same_reply(replicas: list[Replica]) -> None:
    first, second = replicas
    secret = first.service.store.hooks.add("chat", "zulip")
    base = {"token": secret, "user_id": "u", "channel_id": "c"}
    texts = [("1", "how many books can I take home"), ("2", "more"), ("2", "more")]
    replies = []
    for each, (at, text) in zip((first, second, first), texts, strict=True):
        form = urlencode({**base, "thread_ts": at, "text": text})
        replies.append(each.client.post("/hooks/chat", data=form, content_type=FORM))
        each.chat.posts.settle()
    assert "Borrowing books" in replies[1].text
    assert replies[1].get_json() == replies[2].get_json()


def test_a_button_of_mattermosts_is_ours_alone(replicas: list[Replica]) -> None:
    first, second = replicas
    secret = first.service.store.hooks.add("chat", "mattermost")
    first.service.store.hooks.add("other", "mattermost")
    fields = {"token": secret, "user_id": "u", "channel_id": "c", "post_id": "p1", "text": ASKED}
    reply = first.client.post("/hooks/chat", json=fields).get_json()
    (attachment,) = reply["attachments"]
    helpful = attachment["actions"][0]
    assert helpful["integration"]["url"] == "https://faq.example/hooks/chat/actions"
    click = {"user_id": "u", "post_id": "p2", "channel_id": "c", "context": helpful["integration"]["context"]}
    assert first.service.store.writer.flush(5)
    assert second.client.post("/hooks/chat/actions", json=click).get_json() == {
        "ephemeral_text": "Thank you for telling us."
    }
    forged = {"sealed": click["context"]["sealed"] + "x"}
    assert second.client.post("/hooks/other/actions", json=click).status_code == 401
    assert second.client.post("/hooks/chat/actions", json={**click, "context": forged}).status_code == 401
    assert second.client.post("/hooks/chat/actions", json={}).status_code == 401


def test_a_question_is_handed_over_from_mattermost_once(replicas: list[Replica]) -> None:
    first, second = replicas
    secret = first.service.store.hooks.add("chat", "mattermost")
    fields = {"token": secret, "user_id": "u", "channel_id": "c", "post_id": "p1", "text": "is there a swimming pool"}
    reply = first.client.post("/hooks/chat", json=fields).get_json()
    person = reply["attachments"][0]["actions"][-1]
    click = {"user_id": "u", "user_name": "an", "post_id": "p2", "channel_id": "c", **person["integration"]}
    said = [each.client.post("/hooks/chat/actions", json=click).get_json() for each in (first, second)]
    assert said == [{"ephemeral_text": "Your question is with a person now, as ticket 1."}, {}]


def test_a_section_on_offer_takes_the_place_of_the_offer_in_mattermost(replicas: list[Replica]) -> None:
    first, _ = replicas
    secret = first.service.store.hooks.add("chat", "mattermost")
    fields = {"token": secret, "user_id": "u", "channel_id": "c", "post_id": "p1", "text": UNCLEAR}
    reply = first.client.post("/hooks/chat", json=fields).get_json()
    offer = reply["attachments"][0]["actions"][0]
    click = {"user_id": "u", "post_id": "p2", "channel_id": "c", **offer["integration"]}
    update = first.client.post("/hooks/chat/actions", json=click).get_json()["update"]
    assert f"**{offer['name']}**" in update["message"]
    assert update["props"]["attachments"]


def test_a_store_that_is_down_lets_nobody_in(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    settings = Settings(knowledge=DATA / "library", data=tmp_path, database_url=nowhere, secret_key=KEY)
    client = create_app(settings).test_client(use_cookies=False)
    response = client.post("/hooks/chat", json={"token": "x" * 40, "text": ASKED})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_a_click_in_slack_is_kept(replicas: list[Replica], slack: SlackStandIn) -> None:
    first, second = replicas
    body = send_command(first.client, ASKED).get_json()
    helpful = body["blocks"][-1]["elements"][0]
    assert first.service.store.writer.flush(5)
    assert second.service.judge(json.loads(helpful["value"])["message"], True)
