"""An embeddings endpoint on the loopback interface, whose answers a test can change."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

WIDTH = 16
Answer = Callable[[Sequence[str]], tuple[int, bytes]]


def vector(text: str, width: int = WIDTH) -> list[float]:
    """Return how often the letters occur in a text, by their number modulo the width; alike texts are near."""
    row = [0.1] * width
    for letter in text:
        row[ord(letter) % width] += 1
    return row


def well(texts: Sequence[str], width: int = WIDTH) -> tuple[int, bytes]:
    """Answer as an endpoint should, with the last text first."""
    rows = [{"index": at, "embedding": vector(text, width)} for at, text in enumerate(texts)]
    return 200, json.dumps({"data": rows[::-1]}).encode()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    """Connections that may wait: with the usual 5, some of many at once are reset."""


class Endpoint:
    """A server that answers well until told otherwise."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answer: Answer = well
        self.may_answer = Event()
        """Clear it to make the server slow."""
        self.may_answer.set()
        self.requests: list[tuple[str, dict[str, Any]]] = []
        """Path and body of each request."""

    @property
    def sent(self) -> list[list[str]]:
        """The texts of each request."""
        return [body["input"] for _, body in self.requests]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A running endpoint."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.requests.append((self.path, body))
            found.may_answer.wait()
            status, answer = found.answer(body["input"])
            with suppress(ConnectionError):
                self.send_response(status)
                self.send_header("Location", "/v1/embeddings")
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        found = Endpoint(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.may_answer.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def nowhere() -> str:
    """An address where nobody listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_port}"
