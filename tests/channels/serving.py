"""Serve chat programs on the production server, in a process of its own: python -m tests.channels.serving."""

import sys
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from faqbot.settings import Settings
from faqbot.startup import load_assistant
from faqbot.web.app import create_app
from faqbot.web.chat import Outside, set_up
from tests.channels.ports import Everything
from tests.channels.requests import SIGNING_SECRET
from tests.channels.slack_api import TOKEN

WORKERS, THREADS = 2, 4
"""As ``faqbot serve --workers 2`` has them."""


def application(data: str, slack_api: str) -> Flask:
    """Return an application that knows the shipped knowledge and posts to a stand-in for Slack."""
    settings = Settings(
        data=Path(data), slack_signing_secret=SIGNING_SECRET, slack_bot_token=TOKEN, replies_per_minute=1_000_000
    )


    sys.setswitchinterval(float(os.environ.get("SW", "0.005")))
    app = create_app(settings)
    set_up(app, settings, Everything(load_assistant(settings.knowledge)).ports, Outside(slack_api=slack_api))
    return app


if __name__ == "__main__":
    port, data, slack_api = sys.argv[1:]
    server = Granian(
        "faqbot",
        "127.0.0.1",
        int(port),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
    )
    server.serve(target_loader=partial(application, data, slack_api), wrap_loader=False)
