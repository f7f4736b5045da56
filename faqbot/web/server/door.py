"""Lets requests in from granian (RSGI) to a WSGI application."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from granian._granian import RSGIHTTPProtocol
from granian.rsgi import Scope

from faqbot.web.server.body import Bodies, Refused
from faqbot.web.server.environ import environ_of
from faqbot.web.server.lane import Lane
from faqbot.web.server.refusal import FAILED, TOO_BUSY, Answer, Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_log = logging.getLogger(__name__)

WATCHED = ("/healthz", "/readyz", "/metrics")
"""Paths that never wait behind others: who looks whether we live must not take us for dead when we are busy."""
QUESTIONS = ("/api/chat", "/api/search", "/api/suggest")
"""Paths whose requests wait for nothing, not even the store, unless an endpoint compares meaning."""
SECONDS_TO_LET_GO = 1.0
"""How long a worker that was told to stop goes on, and closes every connection with its next answer."""
SECONDS_TO_FINISH = 10.0
"""For what is then still under way."""
_WATCHERS = 2
"""Threads for each of those paths."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much one worker takes at once."""

    threads: int
    """Requests that are answered at a time, beside those of the next line."""
    question_threads: int
    """Requests of ``QUESTIONS`` that are answered at a time. Where they wait for nothing few are best: threads that
    keep the processor busy only interrupt each other."""
    most_waiting: int
    """Requests that wait for that; those that come on top of them are refused with 503."""
    largest_body: int
    """In bytes."""
    seconds: float
    """In which a body must arrive."""


class Door:
    """A WSGI application as granian calls it.

    A body is read before a thread is taken, so that clients who are slow cost no thread, and a response is handed over
    whole, so that those who are slow to take it cost none either.
    """

    def __init__(self, application: "WSGIApplication", room: Room, end: Callable[[], None]) -> None:
        """Take the application, and what ends it."""
        self._application = application
        self._end = end
        self._bodies = Bodies(room.largest_body, room.seconds)
        self._answers = Lane("answer", threads=room.threads, most_waiting=room.most_waiting)
        questions = Lane("question", threads=room.question_threads, most_waiting=room.most_waiting)
        self._apart = dict.fromkeys(QUESTIONS, questions) | {
            path: Lane("watch", threads=_WATCHERS, most_waiting=room.most_waiting) for path in WATCHED
        }
        self._late: threading.Timer | None = None
        self.parent: int | None = None
        """Descriptor of the process without which this one stops too: nobody would tell it to. None for no such."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over SIGTERM; granian stops at once for it, but as well for SIGINT, later."""
        loop.add_signal_handler(signal.SIGTERM, self._retire, loop)
        if self.parent is not None:
            loop.add_reader(self.parent, self._retire_alone, loop, self.parent)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the application, when all requests are answered."""
        if self._late is not None:
            self._late.cancel()
        self._end()

    async def __rsgi__(self, scope: Scope, protocol: RSGIHTTPProtocol) -> None:
        """Answer a request."""
        lane = self._apart.get(scope.path, self._answers)
        try:
            body = await self._bodies.read(scope, protocol)
        except Refused as refused:
            _send(protocol, refused.answer)
            return
        if lane.full:
            _send(protocol, TOO_BUSY)
            return
        await lane.do(partial(self._answer, environ_of(scope, body), protocol))

    def _answer(self, environ: "WSGIEnvironment", protocol: RSGIHTTPProtocol) -> None:
        try:
            answer = answer_of(self._application, environ)
        except Exception as error:
            # Its text may quote what people wrote.
            _log.error("the application failed: %s", type(error).__name__)
            answer = FAILED
        _send(protocol, answer, last=self._late is not None)

    def _retire_alone(self, loop: asyncio.AbstractEventLoop, parent: int) -> None:
        loop.remove_reader(parent)
        self._retire(loop)

    def _retire(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let clients go, then finish what is under way and stop, in bounded time."""
        if self._late is not None:
            return
        self._late = threading.Timer(SECONDS_TO_LET_GO + SECONDS_TO_FINISH, self._leave)
        self._late.daemon = True
        self._late.start()
        loop.call_later(SECONDS_TO_LET_GO, signal.raise_signal, signal.SIGINT)

    def _leave(self) -> None:
        _log.warning("requests are still under way, but the time to finish them is over")
        self._end()
        os._exit(0)


def answer_of(application: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """Call a WSGI application, and return all that it says."""
    status, headers = 0, Headers()

    def start_response(line: str, fields: Headers, _: object = None) -> Callable[[bytes], object]:
        nonlocal status, headers
        status, headers = int(line[:3]), fields
        return written.append

    written: list[bytes] = []
    pieces = application(environ, start_response)
    try:
        written.extend(pieces)
    finally:
        if close := getattr(pieces, "close", None):
            close()
    return Answer(status, headers, b"".join(written))


def _send(protocol: RSGIHTTPProtocol, answer: Answer, *, last: bool = False) -> None:
    """Hand an answer over; the last one of its connection, if so."""
    headers = [*answer.headers, ("connection", "close")] if last else answer.headers
    protocol.response_bytes(answer.status, headers, answer.body)
