"""Zulip's outgoing webhooks in Slack's format: https://zulip.com/api/outgoing-webhooks."""

import re

from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.markup import ZULIP
from faqbot.channels.offers import Given
from faqbot.channels.webhook_text import reply_text

_LONGEST_TEXT = 9_000
_MENTION = re.compile(r"@_?\*\*[^*\n]+\*\*[\s:,]*")


def read(fields: Fields) -> Incoming | None:
    """Return the question in a request; None for one without a writer.

    The trigger word is always ``mention``, which says how we were called and stands in no text. ``thread_ts`` is the
    time of the message.
    """
    channel, person = words(fields, "channel_id"), words(fields, "user_id")
    if not person:
        return None
    timestamp = words(fields, "thread_ts") or words(fields, "timestamp")
    text = words(fields, "text").strip()
    mention = _MENTION.match(text)
    return Incoming(
        text[mention.end() :] if mention else text,
        channel,
        person,
        deliveries=(f"{channel}:{person}:{timestamp}",) if timestamp else (),
    )


def write(given: Given, incoming: Incoming, base_url: str | None) -> dict[str, object]:
    """Return the reply; Zulip puts it into the topic of the question."""
    return {"text": reply_text(given.reply, ZULIP, base_url, most=_LONGEST_TEXT)}
