"""Whoever sends requests to a server."""

import json
import ssl
from contextlib import closing
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.replicas.processes import LONGEST


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Client:
    """Sends each request over a connection of its own."""

    port: int
    tls: ssl.SSLContext | None = None
    """Whom to trust; None: no TLS."""
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every request."""
    seconds: float = LONGEST
    """To wait for a reply, at most."""

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, None, headers)

    def post(self, path: str, body: object, **headers: str) -> Reply:
        """Send JSON."""
        return self.send("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        """Send a request.

        :raises OSError: if nobody takes it, or no reply comes.
        :raises HTTPException: if the reply breaks off.
        """
        with closing(self._connection()) as connection:
            connection.request(method, path, body, {**self.headers, **headers})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())

    def _connection(self) -> HTTPConnection:
        if self.tls is not None:
            return HTTPSConnection("127.0.0.1", self.port, timeout=self.seconds, context=self.tls)
        return HTTPConnection("127.0.0.1", self.port, timeout=self.seconds)

    def ask(self, message: str) -> Any:
        """Return the reply to a question."""
        reply = self.post("/api/chat", {"message": message})
        assert reply.status == 200, reply.text
        return reply.json

    def part(self, name: str) -> dict[str, str]:
        """Return how a part of the server is, as /readyz has it."""
        reply = self.get("/readyz")
        assert reply.status == 200
        found: dict[str, str] = reply.json["parts"][name]
        return found


class Browser:
    """Keeps cookies, whichever server they came from."""

    def __init__(self) -> None:
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, client: Client, path: str) -> Reply:
        return self._send(client, "GET", path, None)

    def post(self, client: Client, path: str, **fields: str) -> Reply:
        """Send a form."""
        return self._send(client, "POST", path, urlencode(fields).encode())

    def _send(self, client: Client, method: str, path: str, body: bytes | None) -> Reply:
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        reply = client.send(method, path, body, headers)
        for each in reply.headers.get_all("Set-Cookie", []):
            self._cookies.load(each)
        return reply
