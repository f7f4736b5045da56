"""Serve a WSGI application that shows what reaches it: python -m tests.web.server.showing PORT."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from faqbot.web.server.door import Door, Room
from faqbot.web.server.listener import listen
from faqbot.web.server.master import Master

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LARGEST_BODY = 1_000


class Pieces:
    """A response in two pieces, which notes that it was closed."""

    closed = 0

    def __iter__(self) -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    def close(self) -> None:
        """Note it."""
        Pieces.closed += 1


def show(environ: "WSGIEnvironment", start_response: "StartResponse") -> "list[bytes] | Pieces":
    """Show the request as JSON, or do what the path says."""
    if environ["PATH_INFO"] == "/fail":
        raise ValueError("a secret that somebody wrote")
    if environ["PATH_INFO"] == "/pieces":
        write = start_response("200 OK", [("X-Closed", str(Pieces.closed))])
        write(b"zero ")
        return Pieces()
    if environ["PATH_INFO"] == "/nothing":
        start_response("204 No Content", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return []
    seen = {key: value for key, value in environ.items() if isinstance(value, str | bool)}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({**seen, "body": environ["wsgi.input"].read().decode("latin-1")}).encode()]


if __name__ == "__main__":
    listeners = listen(sys.argv[1], int(sys.argv[2]), sockets=1, seconds_to_take=20)
    room = Room(threads=2, question_threads=2, most_waiting=10, largest_body=LARGEST_BODY, seconds=10)
    Master(listeners, connections=100, seconds=10).run(lambda: Door(show, room, lambda: None))
