"""Mattermost's outgoing webhooks, slash commands and buttons: https://developers.mattermost.com/integrate."""

from collections.abc import Callable, Mapping

from faqbot.channels.incoming import Fields, Incoming, words
from faqbot.channels.markup import MATTERMOST
from faqbot.channels.offers import Given, offers
from faqbot.channels.text import cut, without_mention, without_trigger
from faqbot.channels.webhook_text import reply_text

_LONGEST_TEXT = 12_000
_LONGEST_BUTTON = 75


def read(fields: Fields) -> Incoming | None:
    """Return the question in a request; None for a message of a machine.

    A message has a ``post_id``, a slash command has none and needs none: Mattermost sends it once.
    """
    person = words(fields, "user_id")
    if not person or fields.get("bot_id") or fields.get("from_bot") in (True, "true"):
        return None
    said = words(fields, "text")
    command = bool(words(fields, "command"))
    if not command:
        said = without_mention(without_trigger(said, words(fields, "trigger_word")))
    post = words(fields, "post_id")
    return Incoming(
        said.strip(),
        words(fields, "channel_id"),
        person,
        deliveries=(post,) if post else (),
        command=command,
    )


def write(given: Given, incoming: Incoming, base_url: str | None) -> dict[str, object]:
    """Return the reply: for a message as a comment on it, for a slash command to its writer alone."""
    return {
        "text": text(given, base_url),
        "response_type": "ephemeral" if incoming.command else "comment",
    }


def text(given: Given, base_url: str | None) -> str:
    """Return what a reply says."""
    return reply_text(given.reply, MATTERMOST, base_url, most=_LONGEST_TEXT)


def buttons(given: Given, url: str, sealed: Callable[[Mapping[str, object]], str]) -> list[dict[str, object]]:
    """Return the attachments that hold the buttons below a reply; none if it has none.

    :param url: Where Mattermost tells us of a click.
    :param sealed: Signs what a button carries: a click bears no other sign that we made the button.
    """
    actions = [
        {
            "id": f"{offer.action}{at}",
            "name": cut(offer.words, _LONGEST_BUTTON),
            "type": "button",
            "integration": {"url": url, "context": {"sealed": sealed({"action": offer.action, **offer.value})}},
        }
        for at, offer in enumerate(offers(given))
    ]
    return [{"fallback": "", "actions": actions}] if actions else []
