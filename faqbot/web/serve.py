"""Run the application on the production server."""

import gc
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from faqbot.embeddings.client import Embedder
from faqbot.errors import SettingsError
from faqbot.settings import Settings
from faqbot.startup import Loaded, load_stamped
from faqbot.store.store import Store
from faqbot.store.upkeep import Upkeep
from faqbot.web.app import create_app, follow_edits
from faqbot.web.logs import log_lost_threads, log_settings

_THREADS = 4
_TURN = 0.0005
"""In seconds."""


def run(settings: Settings, *, host: str, port: int, workers: int, announce: Callable[[str], object]) -> None:
    """Serve until the process is told to stop; ``announce`` is called with the address.

    The knowledge is loaded once: workers that are forked share its memory.

    :raises KnowledgeError: if the knowledge has a fault; it is loaded before the server starts.
    :raises SettingsError: if nothing can listen there, no secret key can be had, or a setting cannot be used.
    """
    store = Store(settings.store_url())
    loaded = load_stamped(settings.knowledge, store.edits)
    store.close()
    settings.signing_key()
    if settings.embeddings_url is not None:
        Embedder(settings.embeddings_url)
    address = _free_address(host, port)
    announce(f"faqbot answers at http://{_shown(host)}:{port}/ (stop it with Ctrl+C)")
    _freeze()
    server = server_at(
        address, port, workers, log_level=LogLevels(settings.log_level), log_dictconfig=log_settings(settings)
    )
    server.serve(target_loader=partial(_application, settings, loaded), wrap_loader=False)


def server_at(address: str, port: int, workers: int, **more: Any) -> AbstractServer[Any]:
    """Return a production server with our settings, for any WSGI application."""
    return Granian(
        "faqbot",
        address,
        port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        websockets=False,
        **more,
    )


def _freeze() -> None:
    """Let the garbage collector pass over what is there now: workers go on sharing it, and no request waits for it."""
    gc.collect()
    gc.freeze()


def _application(settings: Settings, loaded: Loaded) -> Flask:
    """Make the application of one worker, and look after the store beside it."""
    log_lost_threads()
    app = create_app(settings, loaded)
    follow_edits(app)
    take_short_turns()
    Upkeep(app.extensions["faqbot"].store, settings.retention_days).start()
    return app


def take_short_turns() -> None:
    """Let threads take turns every half millisecond, not every five.

    Then a request is not held up by what is done after others were acknowledged, such as posting replies to Slack.
    """
    sys.setswitchinterval(_TURN)


def _free_address(host: str, port: int) -> str:
    """Return the host as a number, which the server needs, once it is clear that the port is free."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise SettingsError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise SettingsError(f"cannot listen on {host}, port {port}: it is no name of a host") from error
    return str(address[0])


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
