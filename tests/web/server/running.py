"""A running ``faqbot serve``, and what clients do to it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from time import monotonic
from types import MappingProxyType
from typing import Any, TypeVar

from tests.conftest import DATA
from tests.ports import free_port

LONGEST = 60.0
"""Seconds that anything may take."""
LIBRARY = DATA / "library"
JSON = {"Content-Type": "application/json"}
CLOSED = (OSError, HTTPException)
"""What a client sees of a server that is not there."""
_SECONDS_BETWEEN_LOOKS = 0.02

Found = TypeVar("Found")


def eventually(look: Callable[[], Found]) -> Found:
    """Look until there is something to see, and return it."""
    deadline = monotonic() + LONGEST
    while not (found := look()):
        assert monotonic() < deadline, "it does not happen"
        Event().wait(_SECONDS_BETWEEN_LOOKS)
    return found


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers from the school library."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

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
    port = free_port()
    command = [sys.executable, "-c", "from faqbot.cli import main; main()", "serve", "--port", str(port)]
    log = data / f"{port}.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "--knowledge", str(knowledge), "--workers", str(workers)],
            env={**os.environ, "FAQBOT_DATA": str(data), "PYTHONUTF8": "1", "FAQBOT_RATE_LIMIT": "off", **settings},
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process,
    ):
        found = Served(port, process, log)
        try:
            eventually(lambda: process.poll() is not None or found.answers())
            assert process.poll() is None, log.read_text("utf-8")
            yield found
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
