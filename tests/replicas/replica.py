"""Servers that share a database and a Redis."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.conftest import DATA
from tests.ports import free_port
from tests.replicas.client import Client
from tests.server_process import ServerProcess, serve_command, start

SECRET_KEY = "the key that all replicas share"


class Replica:
    """A server: a process with its workers, and a folder of its own."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        self.port = free_port()
        self.client = Client(self.port)
        self._log = folder / "log"
        own = {"FAQBOT_DATA": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
        usual = {"FAQBOT_KNOWLEDGE": str(DATA / "library"), "FAQBOT_TRUSTED_PROXIES": "127.0.0.1"}
        self._settings = {**usual, **settings, **own}
        self._server: ServerProcess | None = None

    def start(self) -> None:
        """Start it; ``wait`` says when it answers."""
        self._server = start(serve_command(self.port), self.port, self._log, self._settings)

    def wait(self) -> None:
        """Wait until it answers."""
        self._running().wait()

    def stop(self) -> None:
        """Ask it to end, as an operator does, and wait for that; do nothing if it does not run."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def kill(self) -> None:
        """End it and its workers at once, whatever they do; do nothing if it does not run."""
        if self._server is not None:
            self._server.kill()
            self._server = None

    def from_address(self, address: str) -> Client:
        """Return a client that is somebody else's, for the limits."""
        return replace(self.client, headers={"X-Forwarded-For": address})

    @property
    def process(self) -> int:
        """Number of the process, which runs."""
        return self._running().process.pid

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def _running(self) -> ServerProcess:
        assert self._server is not None
        return self._server


@contextmanager
def replicas(folder: Path, settings: dict[str, str], *, count: int = 2) -> Iterator[Sequence[Replica]]:
    """So many servers that answer, with these settings and a secret key in common."""
    found = [
        Replica(folder / f"replica-{number}", {"FAQBOT_SECRET_KEY": SECRET_KEY, **settings}) for number in range(count)
    ]
    with ExitStack() as stack:
        for each in found:
            stack.callback(each.kill)
            each.start()
        for each in found:
            each.wait()
        yield found
