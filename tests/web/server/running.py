"""A running ``faqbot serve``, and what clients do to it."""

import json
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from time import monotonic
from types import MappingProxyType
from typing import Any, TypeVar

from tests.conftest import DATA
from tests.server_process import CLOSED, LONGEST, ServerProcess, running_faqbot

LIBRARY = DATA / "library"
JSON = {"Content-Type": "application/json"}
_SECONDS_BETWEEN_LOOKS = 0.02

Found = TypeVar("Found")


def eventually(look: Callable[[], Found]) -> Found:
    """Look until there is something to see, and return it."""
    deadline = monotonic() + LONGEST
    while not (found := look()):
        assert monotonic() < deadline, "it does not happen"
        Event().wait(_SECONDS_BETWEEN_LOOKS)
    return found


class Served(ServerProcess):
    """A server that answers from the school library."""

    __slots__ = ()

    @classmethod
    def of(cls, server: ServerProcess) -> "Served":
        """Return the same server."""
        return cls(server.port, server.process, server.log)

    def client(self) -> "closing[HTTPConnection]":
        """Open a connection."""
        return closing(HTTPConnection("127.0.0.1", self.port, timeout=LONGEST))

    def connect(self) -> socket.socket:
        """Open a connection for whatever one likes to send."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST)

    def get(self, path: str) -> Any:
        """Return the JSON that lies there."""
        return self._json("GET", path)

    def ask(self, message: str) -> Any:
        """Return the reply to a message."""
        return self._json("POST", "/api/chat", json.dumps({"message": message}))

    def _json(self, method: str, path: str, body: str | None = None) -> Any:
        with self.client() as connection:
            connection.request(method, path, body, JSON)
            response = connection.getresponse()
            assert response.status == 200, response.status
            return json.load(response)

    def answers(self) -> bool:
        """Whether it does."""
        with suppress(*CLOSED):
            return bool(self.get("/healthz"))
        return False

    def workers(self) -> set[int]:
        """Return the processes that answer, or have answered."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(pid) for pid in children.read_text("ascii").split()}

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process that an operator sees."""
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait until it is over, and return the exit code."""
        return self.process.wait(LONGEST)


@contextmanager
def served(
    data: Path, settings: Mapping[str, str] = MappingProxyType({}), *, workers: int = 1, knowledge: Path = LIBRARY
) -> Iterator[Served]:
    """Run a server in the data folder; it is killed with its workers when the block ends, if it is there still.

    :param settings: Such as ``FAQBOT_THREADS``.
    """
    with running_faqbot(knowledge, data, settings, workers=workers) as server:
        yield Served.of(server)
