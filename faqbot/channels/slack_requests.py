"""What Slack sends, as what it means: https://docs.slack.dev/apis/events-api and the pages beside it."""

import json
from dataclasses import dataclass

from faqbot.channels.incoming import Fields, Incoming, inner, words
from faqbot.channels.slack_text import plain


@dataclass(frozen=True, slots=True)
class Click:
    """A button that somebody pressed."""

    action: str
    """Name of the button."""
    value: Fields
    """What we gave the button when we made it."""
    channel: str
    message: str
    """Timestamp of the message it is on."""
    thread: str
    """Of the message; "" for none."""
    person: str
    person_name: str
    response_url: str
    """Where to answer."""
    ephemeral: bool = False
    """Whether only that person sees the message."""


def event(body: Fields) -> Incoming | None:
    """Return the message that an event tells of; None if it is not for us to answer.

    It is for us if it is direct or mentions us, and was written, not changed, by a person. ``app_mention`` and
    ``message`` may both tell of one message, which its channel and timestamp then name.
    """
    found = inner(body, "event")
    text, channel, timestamp = (words(found, name) for name in ("text", "channel", "ts"))
    ours = _our_users(body)
    if not (channel and timestamp) or not _by_a_person(found, ours, words(body, "api_app_id")):
        return None
    direct = words(found, "channel_type") == "im" or channel.startswith("D")
    mentioned = words(found, "type") == "app_mention" or any(f"<@{user}" in text for user in ours)
    if words(found, "type") not in ("app_mention", "message") or not (direct or mentioned):
        return None
    team = words(body, "team_id")
    named = f"message:{team}:{channel}:{timestamp}"
    return Incoming(
        plain(text),
        channel,
        words(found, "user"),
        words(found, "thread_ts") or timestamp,
        tuple(each for each in (words(body, "event_id"), named) if each),
        body.get("is_ext_shared_channel") is True,
        direct,
    )


def command(form: Fields) -> Incoming:
    """Return the question behind a slash command."""
    channel, person = words(form, "channel_id"), words(form, "user_id")
    return Incoming(
        plain(words(form, "text")), channel, person, direct=words(form, "channel_name") == "directmessage", command=True
    )


def click(body: Fields) -> Click | None:
    """Return the button that was pressed; None if it is none of ours."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    if words(body, "type") != "block_actions" or not isinstance(first, dict):
        return None
    user, container = inner(body, "user"), inner(body, "container")
    return Click(
        words(first, "action_id"),
        _value(words(first, "value")),
        words(inner(body, "channel"), "id") or words(container, "channel_id"),
        words(container, "message_ts") or words(inner(body, "message"), "ts"),
        words(container, "thread_ts") or words(inner(body, "message"), "thread_ts"),
        words(user, "id"),
        words(user, "name") or words(user, "username"),
        words(body, "response_url"),
        container.get("is_ephemeral") is True,
    )


def _our_users(body: Fields) -> list[str]:
    authorizations = body.get("authorizations")
    rows = authorizations if isinstance(authorizations, list) else []
    return [words(row, "user_id") for row in rows if isinstance(row, dict) and words(row, "user_id")]


def _by_a_person(found: Fields, ours: list[str], app: str) -> bool:
    user = words(found, "user")
    machine = found.get("bot_id") or found.get("bot_profile") or (app and words(found, "app_id") == app)
    return bool(user) and user not in ours and not machine and not found.get("subtype") and not found.get("edited")


def _value(text: str) -> Fields:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
