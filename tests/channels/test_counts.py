"""What chat programs send and get is counted."""

from tests.channels.conftest import Serve
from tests.channels.ports import SECRET
from tests.channels.requests import mention, send_event
from tests.channels.slack_api import SlackStandIn, Trouble
from tests.metrics.reading import number, rise, told

ASKED = "are you open on Sunday"


def test_requests_of_chat_programs_count_by_program_and_outcome(serve: Serve) -> None:
    client = serve().client
    fields = {"token": SECRET, "user_id": "u", "channel_id": "c", "text": ASKED}

    def send() -> None:
        client.post("/hooks/rocketchat", json=fields)
        client.post("/hooks/rocketchat", json={**fields, "token": "wrong"})
        client.post("/hooks/rocketchat", data="<xml>", content_type="text/xml")
        client.post("/slack/events", json={})

    name = "faqbot_webhooks_received_total"
    assert rise(client, send, name, platform="rocketchat", outcome="accepted") == 1
    assert rise(client, send, name, platform="unknown", outcome="refused") == 2
    assert rise(client, send, name, platform="unknown", outcome="invalid") == 1


def test_replies_to_slack_count_by_what_became_of_them(serve: Serve, slack: SlackStandIn) -> None:
    served = serve()

    def send(number: int) -> None:
        send_event(served.client, mention(ASKED, ts=f"10{number}.1"), event_id=f"Ev{number}")
        served.settle()

    assert rise(served.client, lambda: send(1), "faqbot_replies_posted_total", outcome="arrived") == 1
    assert rise(served.client, lambda: send(1), "faqbot_deliveries_repeated_total", channel="slack") == 1
    slack.troubles.extend([Trouble(400)])
    assert rise(served.client, lambda: send(2), "faqbot_replies_posted_total", outcome="failed") == 1
    assert number(told(served.client), "faqbot_background_work") == 0
