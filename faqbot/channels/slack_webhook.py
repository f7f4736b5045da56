"""Slack's outgoing webhooks, the old kind: https://docs.slack.dev/legacy/legacy-custom-integrations."""

from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.markup import SLACK
from faqbot.channels.offers import Given
from faqbot.channels.slack_text import plain
from faqbot.channels.text import without_trigger
from faqbot.channels.webhook_text import reply_text

_LONGEST_TEXT = 4_000
_SLACKBOT = "USLACKBOT"


def read(fields: Fields) -> Incoming | None:
    """Return the question in a request; None for a message of a machine."""
    if fields.get("bot_id") or words(fields, "user_id") in ("", _SLACKBOT) or words(fields, "user_name") == "slackbot":
        return None
    channel, timestamp = words(fields, "channel_id"), words(fields, "timestamp")
    return Incoming(
        plain(without_trigger(words(fields, "text"), words(fields, "trigger_word"))),
        channel,
        words(fields, "user_id"),
        words(fields, "thread_ts"),
        (f"{channel}:{timestamp}",) if timestamp else (),
    )


def write(given: Given, incoming: Incoming, base_url: str | None) -> dict[str, object]:
    """Return the reply."""
    body: dict[str, object] = {"text": reply_text(given.reply, SLACK, base_url, most=_LONGEST_TEXT)}
    return {**body, "thread_ts": incoming.thread} if incoming.thread else body
