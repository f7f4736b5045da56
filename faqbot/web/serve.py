"""Run the application on the production server."""

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack

from granian.log import LogLevels

from faqbot.embeddings.client import Embedder
from faqbot.memory import give_back
from faqbot.settings import Settings
from faqbot.store.upkeep import Upkeep
from faqbot.web.app import LARGEST_BODY, create_app, follow_edits
from faqbot.web.ending import end
from faqbot.web.logs import log_lost_threads, log_settings
from faqbot.web.server import machine
from faqbot.web.server.door import Door, Room
from faqbot.web.server.listener import listen
from faqbot.web.server.master import Master
from faqbot.web.server.newest import Newest

_QUESTION_THREADS = 2
"""While one waits for Redis, which counts requests, the other answers."""
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
    _freeze()
    serve(
        lambda: _door(settings, knowledge),
        settings,
        host=host,
        port=port,
        workers=workers,
        announce=announce,
        reload=knowledge.reload,
    )


def serve(
    door: Callable[[], Door],
    settings: Settings,
    *,
    host: str,
    port: int,
    workers: int | None,
    announce: Callable[[str], object],
    reload: Callable[[], object] = lambda: None,
) -> None:
    """Serve any application until the process is told to stop.

    :param door: Called in every worker.
    :param reload: Called for SIGHUP, before workers are replaced.
    :raises SettingsError: if nothing can listen there.
    :raises SystemExit: as ``run`` does.
    """
    workers, seconds = workers or machine.workers(machine.cores()), settings.client_seconds
    listeners = listen(host, port, sockets=workers, seconds_to_take=2 * seconds)
    log = {"log_level": LogLevels(settings.log_level), "log_dictconfig": log_settings(settings)}
    with ExitStack() as stack:
        for listener in listeners:
            stack.enter_context(listener)
        announce(f"faqbot answers at http://{_shown(host)}:{port}/ (stop it with Ctrl+C)")
        master = Master(listeners, connections=machine.connections(), seconds=seconds, **log)
        master.on_reload(reload)
        master.run(door)


def room(settings: Settings) -> Room:
    """Return how much one worker takes at once."""
    return Room(
        threads=settings.threads,
        question_threads=_QUESTION_THREADS if settings.embeddings_url is None else settings.threads,
        most_waiting=settings.most_waiting,
        largest_body=LARGEST_BODY,
        seconds=settings.client_seconds,
    )


def _freeze() -> None:
    """Let the garbage collector pass over what is there now: workers go on sharing it, and no request waits for it."""
    gc.collect()
    give_back()
    gc.freeze()


def _door(settings: Settings, knowledge: Newest) -> Door:
    """Make the application of one worker, and look after the store beside it."""
    log_lost_threads()
    app = create_app(settings, knowledge.loaded)
    follow_edits(app)
    take_short_turns()
    upkeep = Upkeep(app.extensions["faqbot"].store, settings.retention_days)
    upkeep.start()

    def end_all() -> None:
        end(app)
        upkeep.close()

    return Door(app, room(settings), end_all)


def take_short_turns() -> None:
    """Let threads take turns every half millisecond, not every five.

    Then a request is not held up by what is done after others were acknowledged, such as posting replies to Slack.
    """
    sys.setswitchinterval(_TURN)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
