"""Whatever fails, nothing that was said in a channel is logged."""

import pytest

from tests.channels.conftest import Serve
from tests.channels.requests import mention, send_event
from tests.channels.slack_api import BROKEN, DROPPED, SlackStandIn, Trouble

MARKER = "zebra-crossing-4711"
ASKED = "are you open on Sunday"


@pytest.mark.parametrize("trouble", [BROKEN, DROPPED, Trouble(400, body=MARKER), Trouble(200, body={"error": MARKER})])
def test_a_reply_that_does_not_reach_slack(
    serve: Serve, slack: SlackStandIn, caplog: pytest.LogCaptureFixture, trouble: Trouble
) -> None:
    slack.troubles.extend([trouble] * 3)
    served = serve()
    send_event(served.client, mention(f"{ASKED}, {MARKER}"))
    served.settle()
    assert "a reply could not be posted to Slack" in caplog.text
    assert MARKER not in caplog.text
