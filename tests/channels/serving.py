"""Serve chat programs on the production server, in a process of its own: python -m tests.channels.serving."""

import sys
from pathlib import Path

from flask import Flask

from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.web.app import create_app
from faqbot.web.chat import Outside, ports_of, set_up
from faqbot.web.serve import room, serve, take_short_turns
from faqbot.web.server.door import Door
from tests.channels.ports import SECRET
from tests.channels.requests import SIGNING_SECRET
from tests.channels.slack_api import TOKEN

HOOK = "chat"
WORKERS = 2


def application(settings: Settings, slack_api: str) -> Flask:
    """Return an application that posts to a stand-in for Slack."""
    app = create_app(settings)
    service = app.extensions["faqbot"]
    take_short_turns()
    set_up(app, settings, ports_of(service), Outside(slack_api=slack_api))
    return app


def main(port: int, data: Path, slack_api: str) -> None:
    """Serve the shipped knowledge until the process is told to stop."""
    settings = Settings(
        data=data, slack_signing_secret=SIGNING_SECRET, slack_bot_token=TOKEN, replies_per_minute=1_000_000
    )
    store = Store(settings.store_url())
    store.hooks.add(HOOK, "mattermost")
    store.hooks.accept(HOOK, SECRET)
    store.close()
    serve(
        lambda: Door(application(settings, slack_api), room(settings), lambda: None),
        settings,
        host="127.0.0.1",
        port=port,
        workers=WORKERS,
        announce=print,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
