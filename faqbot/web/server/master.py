"""The process that starts the workers, and starts them anew."""

import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server import MPServer

from faqbot.web.server.door import Door
from faqbot.web.server.listener import BACKLOG

LARGEST_HEADERS = 32 * 1024
"""In bytes."""
SECONDS_TO_STOP = 30
"""After which a worker that was told to stop is killed."""
SECONDS_TO_START = 2.0
"""For a new worker, before the one that it replaces is told to stop."""


class Master(MPServer):
    """granian, with sockets that outlive its workers, and a second signal that stops it by force.

    SIGTERM and SIGINT end it when all requests are answered; SIGHUP replaces the workers one after the other; one that
    dies is replaced. Connections that wait to be accepted then are accepted by the next worker, where granian, whose
    workers open sockets of their own, would reset them.
    """

    def __init__(self, listeners: Sequence[socket.socket], *, connections: int, seconds: int, **log: Any) -> None:
        """Take the sockets, one for each worker.

        :param connections: At most, in each worker.
        :param seconds: In which a client must send headers whole; connections are closed that are idle for so long.
        :param log: Options of granian's for its log, such as ``log_level``.
        """
        _workers_are_forked()
        host, port, *_ = listeners[0].getsockname()
        super().__init__(
            "faqbot",
            host,
            port,
            interface=Interfaces.RSGI,
            workers=len(listeners),
            loop=Loops.asyncio,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            backpressure=connections,
            http1_settings=HTTP1Settings(header_read_timeout=seconds * 1_000, max_buffer_size=LARGEST_HEADERS),
            respawn_failed_workers=True,
            respawn_interval=SECONDS_TO_START,
            workers_kill_timeout=SECONDS_TO_STOP,
            **log,
        )
        self._listeners = listeners
        self._forced = False
        self._self = os.pidfd_open(os.getpid()) if hasattr(os, "pidfd_open") else None
        self.on_startup(self._take_signals)

    def run(self, door: Callable[[], Door]) -> None:
        """Serve until told to stop.

        :param door: Called in every worker.
        :raises SystemExit: if workers die as soon as they start, or it was stopped by force.
        """
        load: Callable[..., Any] = door
        try:
            self.serve(target_loader=load, wrap_loader=False)
        except SystemExit:
            if not self.interrupt_signal:
                raise
        if self._forced:
            raise SystemExit(1)

    def _take_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, *_: Any) -> None:
        if os.getpid() != self.pid:
            # A worker that is only starting has this from us, and has served nobody.
            os._exit(0)
        if self.interrupt_signal:
            self._forced = True
            for worker in multiprocessing.active_children():
                worker.kill()
        self.signal_handler_interrupt()  # type: ignore[no-untyped-call]

    def _init_shared_socket(self) -> None:
        self._ssp = self._shd = self._sso = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Callable[[], Door]) -> Any:  # type: ignore[override]
        self._shd: Any = SocketHolder(self._listeners[idx].fileno(), False, BACKLOG)  # type: ignore[call-arg]
        return super()._spawn_worker(idx, target, partial(self._load, idx, callback_loader))

    def _load(self, idx: int, door: Callable[[], Door]) -> Door:
        """Make the door of a worker, which closes its socket itself, and has nothing to do with the others."""
        for number, listener in enumerate(self._listeners):
            if number == idx:
                listener.detach()
            else:
                listener.close()
        made = door()
        made.parent = self._self
        return made

    def _drop_shared_socket(self) -> None:
        for listener in self._listeners:
            listener.close()


def _workers_are_forked() -> None:
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork", force=True)
