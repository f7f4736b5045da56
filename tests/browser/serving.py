"""Servers for the browser: the bot with weather of all kinds, and pages of another site."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from wsgiref.types import WSGIApplication

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(app: WSGIApplication, port: int = 0) -> Iterator[BaseWSGIServer]:
    """Serve an application at a free port of the loopback, or at that one."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Weather:
    """What happens to the requests of the API."""

    answers: list[Callable[[], Response | None]] = field(default_factory=list)
    """What is done with the next requests to /api/chat and /api/handoff, one each; None lets it through."""
    seen: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of all requests to /api/."""
    held: threading.Event = field(default_factory=threading.Event)
    """While it is not set, requests that ``hold`` stopped wait."""

    def __post_init__(self) -> None:
        self.held.set()

    def hold(self) -> None:
        """Let the next message wait until ``held`` is set."""
        self.held.clear()
        self.answers.append(self._wait)

    def fail(self, status: int, **headers: str) -> None:
        """Refuse the next message."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(lambda: Response("{}", status, named, mimetype="application/problem+json"))

    def posted(self, path: str) -> int:
        """Return how many messages came to a path."""
        return self.seen.count(("POST", path))

    def _wait(self) -> None:
        self.held.wait(30)


def add_weather(app: Flask) -> Weather:
    """Let tests decide what happens to an application's requests."""
    weather = Weather()

    @app.before_request
    def _happen() -> Response | None:
        if not request.path.startswith("/api/"):
            return None
        weather.seen.append((request.method, request.path))
        counts = request.method == "POST" and request.path.startswith(("/api/chat", "/api/handoff"))
        return weather.answers.pop(0)() if counts and weather.answers else None

    return weather


@dataclass
class Site:
    """Another web site, whose pages the tests write."""

    origin: str
    pages: dict[str, Response] = field(default_factory=dict)

    def publish(self, path: str, html: str, **headers: str) -> str:
        """Put a page there; return its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Response(html, headers=named, mimetype="text/html")
        return self.origin + path


@contextmanager
def site() -> Iterator[Site]:
    """Serve a site at a port, and so an origin, of its own."""
    app = Flask("site", static_folder=None)
    with serving(app) as server:
        found = Site(f"http://127.0.0.1:{server.port}")
        app.before_request(lambda: found.pages.get(request.path, Response(status=404)))
        yield found
