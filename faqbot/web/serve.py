"""Run the application on the production server."""

import sys
from collections.abc import Callable
from contextlib import ExitStack

from faqbot.embeddings.client import Embedder
from faqbot.settings import Settings
from faqbot.store.upkeep import Upkeep
from faqbot.web.app import LARGEST_BODY, create_app
from faqbot.web.ending import end
from faqbot.web.server import machine
from faqbot.web.server.door import Door, Room
from faqbot.web.server.listener import listen
from faqbot.web.server.master import Master
from faqbot.web.server.newest import Newest

_TURN = 0.0005
"""In seconds."""


def run(
    settings: Settings, *, host: str, port: int, workers: int | None = None, announce: Callable[[str], object]
) -> None:
    """Serve until the process is told to stop; ``announce`` is called with the address.

    The knowledge is loaded once, and again for SIGHUP: workers that are forked share its memory.

    :param workers: Processes that answer; None: as many as suit the machine.
    :raises KnowledgeError: if the knowledge has a fault; it is loaded before the server starts.
    :raises SettingsError: if nothing can listen there, no secret key can be had, or a setting cannot be used.
    :raises SystemExit: if workers die as soon as they start, or the server was stopped by force.
    """
    knowledge = Newest(settings)
    settings.signing_key()
    if settings.embeddings_url is not None:
        Embedder(settings.embeddings_url)
    workers, seconds = workers or machine.workers(machine.cores()), settings.client_seconds
    listeners = listen(host, port, sockets=workers, seconds_to_take=2 * seconds)
    with ExitStack() as stack:
        for listener in listeners:
            stack.enter_context(listener)
        announce(f"faqbot answers at http://{_shown(host)}:{port}/ (stop it with Ctrl+C)")
        master = Master(listeners, connections=machine.connections(), seconds=seconds)
        master.on_reload(knowledge.reload)
        master.run(lambda: _door(settings, knowledge))


def _door(settings: Settings, knowledge: Newest) -> Door:
    """Make the application of one worker, and look after the store beside it."""
    app = create_app(settings, knowledge.loaded)
    take_short_turns()
    upkeep = Upkeep(app.extensions["faqbot"].store, settings.retention_days)
    upkeep.start()

    def end_all() -> None:
        end(app)
        upkeep.close()

    room = Room(settings.threads, settings.most_waiting, LARGEST_BODY, settings.client_seconds)
    return Door(app, room, end_all)


def take_short_turns() -> None:
    """Let threads take turns every half millisecond, not every five.

    Then a request is not held up by what is done after others were acknowledged, such as posting replies to Slack.
    """
    sys.setswitchinterval(_TURN)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
