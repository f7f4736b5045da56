"""Rocket.Chat's outgoing webhooks: https://docs.rocket.chat/docs/integrations."""

from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.markup import ROCKET_CHAT
from faqbot.channels.offers import Given
from faqbot.channels.text import without_mention, without_trigger
from faqbot.channels.webhook_text import reply_text

_LONGEST_TEXT = 5_000


def read(fields: Fields) -> Incoming | None:
    """Return the question in a request; None for a message of a machine, or one that was changed."""
    if fields.get("bot") or fields.get("isEdited") or not words(fields, "user_id"):
        return None
    text = without_mention(without_trigger(words(fields, "text"), words(fields, "trigger_word")))
    message = words(fields, "message_id")
    return Incoming(
        text.strip(),
        words(fields, "channel_id"),
        words(fields, "user_id"),
        words(fields, "tmid"),
        (message,) if message else (),
    )


def write(given: Given, incoming: Incoming, base_url: str | None) -> dict[str, object]:
    """Return the reply, in the thread if there is one."""
    body: dict[str, object] = {"text": reply_text(given.reply, ROCKET_CHAT, base_url, most=_LONGEST_TEXT)}
    return {**body, "tmid": incoming.thread} if incoming.thread else body
