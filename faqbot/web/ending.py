"""The end of an application: what is in its queues is done, in bounded time."""

import atexit
import logging
import weakref

from flask import Flask

from faqbot.helpdesk.delivery import Sender
from faqbot.service import Service
from faqbot.web.chat import chat_of

_log = logging.getLogger(__name__)

SECONDS_FOR_POSTS = 3.0
"""For replies that chat programs wait for."""
SECONDS_FOR_A_NOTICE = 2.0
_EXTENSION = "faqbot_ended"


def end(app: Flask) -> None:
    """Post the replies that wait, send the notice that is under way, and write down what was asked; only once.

    Each of these has a few seconds. What is not posted or written by then is lost, and the log says so; notices stay
    in their queue, in the store.
    """
    if app.extensions.setdefault(_EXTENSION, False):
        return
    app.extensions[_EXTENSION] = True
    if not chat_of(app).posts.settle(SECONDS_FOR_POSTS):
        _log.error("replies to chat programs are lost: they were not posted in time")
    sender: Sender | None = app.extensions["faqbot_sender"]
    if sender is not None:
        sender.stop(SECONDS_FOR_A_NOTICE)
    service: Service = app.extensions["faqbot"]
    service.store.close()


def end_at_exit(app: Flask) -> None:
    """End an application with its process, at the latest, unless it is forgotten before."""
    atexit.register(_end_if_there, weakref.ref(app))


def _end_if_there(app: "weakref.ref[Flask]") -> None:
    found = app()
    if found is not None:
        end(found)
