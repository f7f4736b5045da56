"""Serve chat programs on the production server, in a process of its own: python -m tests.channels.serving."""

import sys
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.web.app import create_app
from faqbot.web.chat import Outside, ports_of, set_up
from faqbot.web.serve import take_short_turns
from tests.channels.ports import SECRET
from tests.channels.requests import SIGNING_SECRET
from tests.channels.slack_api import TOKEN

HOOK = "chat"
WORKERS, THREADS = 2, 4
"""As ``faqbot serve --workers 2`` has them."""


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
    server = Granian(
        "faqbot",
        "127.0.0.1",
        port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
    )
    server.serve(target_loader=partial(application, settings, slack_api), wrap_loader=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
