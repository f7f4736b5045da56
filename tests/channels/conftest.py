"""An application that serves chat programs, with everything around it in reach."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from faqbot.assistant import Assistant
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.chat import Chat, Outside, set_up
from tests.channels.ports import Everything
from tests.channels.requests import NOW, SIGNING_SECRET
from tests.channels.slack_api import TOKEN, SlackStandIn
from tests.conftest import DATA


@dataclass
class Served:
    """The application, and what happens around it."""

    client: FlaskClient
    chat: Chat
    around: Everything
    slack: SlackStandIn
    now: list[float]
    """The time; a test may change its only entry."""
    pauses: list[float] = field(default_factory=list)
    """Seconds that would have been waited."""

    def settle(self) -> None:
        """Wait until all that was to be done later is done."""
        self.chat.commands.settle()
        self.chat.posts.settle()


Serve = Callable[..., Served]


@pytest.fixture
def serve(library: Assistant, slack: SlackStandIn, tmp_path: Path) -> Iterator[Serve]:
    """Make an application; the arguments are settings that are not as usual."""
    made: list[Served] = []

    def make(*, around: Outside | None = None, **changes: object) -> Served:
        usual = Settings(
            knowledge=DATA / "library",
            data=tmp_path,
            public_url="https://faq.example",
            slack_signing_secret=SIGNING_SECRET,
            slack_bot_token=TOKEN,
        )
        settings = replace(usual, **changes)  # type: ignore[arg-type]
        app, everything, now, pauses = create_app(settings), Everything(library), [NOW], list[float]()
        outside = replace(
            around or Outside(),
            clock=lambda: now[0],
            pause=pauses.append,
            slack_api=slack.api,
            response_origins=frozenset({slack.origin}),
        )
        everything.store.now = now
        chat = set_up(app, settings, everything.ports, outside)
        made.append(Served(app.test_client(use_cookies=False), chat, everything, slack, now, pauses))
        return made[-1]

    yield make
    slack.released.set()
    for served in made:
        served.settle()


@pytest.fixture
def served(serve: Serve) -> Served:
    """An application with the usual settings."""
    return serve()
