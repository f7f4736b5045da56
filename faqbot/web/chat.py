"""The chat programs' share of the application."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Flask, current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from faqbot.channels.cap import Cap
from faqbot.channels.desk import Desk
from faqbot.channels.hook_bot import HookBot
from faqbot.channels.memory import Memory
from faqbot.channels.once import Once
from faqbot.channels.ports import Ports
from faqbot.channels.response_url import ORIGINS, Responder
from faqbot.channels.signature import Signature
from faqbot.channels.slack_bot import Manners, SlackBot
from faqbot.channels.slack_client import API, SECONDS_TO_ANSWER, Pause, slack_client
from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.web.later import MOST_WAITING, Later

_EXTENSION = "faqbot_chat"
_SECONDS_A_BUTTON_WORKS = 30 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside of the process; tests have their own."""

    clock: Callable[[], float] = time.time
    """Seconds since 1970."""
    pause: Pause = time.sleep
    slack_api: str = API
    seconds_to_answer: float = SECONDS_TO_ANSWER
    """How long Slack may take."""
    most_waiting: int = MOST_WAITING
    """Replies that may wait to be posted."""
    response_origins: frozenset[str] = ORIGINS
    """Where a ``response_url`` may lead."""


class ButtonSeal:
    """Signs what a button carries, so that a click shows that we made it."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt="button")

    def seal(self, hook: str, value: Mapping[str, object]) -> str:
        """Return the value of a button of a hook as a signed text."""
        return str(self._serializer.dumps([hook, dict(value)]))

    def read(self, hook: str, sealed: str) -> Mapping[str, object] | None:
        """Return the value; None if we did not make it, for that hook, within 30 days."""
        try:
            found = self._serializer.loads(sealed, max_age=_SECONDS_A_BUTTON_WORKS)
        except (BadData, UnicodeEncodeError):
            return None
        return found[1] if isinstance(found, list) and len(found) == 2 and found[0] == hook else None


@dataclass(frozen=True)
class Chat:
    """What the views of chat programs need."""

    ports: Ports
    slack: SlackBot
    hooks: HookBot
    signature: Signature | None
    """Of Slack; None where Slack is not set up."""
    seal: ButtonSeal
    base_url: str | None
    """Where people reach our pages; None if they cannot."""
    posts: Later
    """What is done after a request was acknowledged."""
    commands: Later = field(default_factory=Later)
    """Replies that a request waits for, a little."""


def ports_of(service: Service) -> Ports:
    """Return what the channels need, from the service and its store."""
    store = service.store
    return Ports(service, service.live.current, store.deliveries, store.threads, store.hooks)


def set_up(app: Flask, settings: Settings, ports: Ports, outside: Outside | None = None) -> Chat:
    """Let an application serve chat programs."""
    world = outside or Outside()
    once, memory, cap = Once(ports.deliveries), Memory(ports.threads, world.clock), Cap(settings.replies_per_minute)
    posts = Later(most_waiting=world.most_waiting)
    token, secret = settings.slack_bot_token, settings.slack_signing_secret
    slack = SlackBot(
        Desk("slack", ports, once, memory),
        slack_client(token, world.slack_api, pause=world.pause, timeout=world.seconds_to_answer) if token else None,
        Responder(world.response_origins, world.pause),
        cap,
        Manners(settings.slack_language, settings.slack_silent, settings.public_url),
        posts.do,
    )
    found = Chat(
        ports,
        slack,
        HookBot(Desk("hook", ports, once, memory), cap, posts.do),
        Signature(secret, world.clock) if secret else None,
        ButtonSeal(settings.signing_key()),
        settings.public_url,
        posts,
    )
    app.extensions[_EXTENSION] = found
    return found


def chat() -> Chat:
    """Return the application's share for chat programs."""
    return chat_of(current_app)


def chat_of(app: Flask) -> Chat:
    """Return an application's share for chat programs."""
    found: Chat = app.extensions[_EXTENSION]
    return found
