"""Servers that share a database and a Redis."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.ports import free_port
from tests.replicas.client import Client
from tests.replicas.processes import LONGEST, until

_COMMAND = (sys.executable, "-c", "from faqbot.cli import main; main()", "serve")
SECRET_KEY = "the key that all replicas share"
REFUSED = (OSError, HTTPException)
"""What a client sees of a server that is not there, or dies."""


class Replica:
    """A server: a process with its workers, and a folder of its own."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        self.port = free_port()
        self.client = Client(self.port)
        self._log = folder / "log"
        own = {"FAQBOT_DATA": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONUTF8": "1"}
        usual = {"FAQBOT_KNOWLEDGE": str(DATA / "library"), "FAQBOT_TRUSTED_PROXIES": "127.0.0.1"}
        self._environ = {**os.environ, **usual, **settings, **own}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; ``wait`` says when it answers."""
        with self._log.open("ab") as log:
            command = [*_COMMAND, "--port", str(self.port)]
            self._process = subprocess.Popen(command, env=self._environ, stdout=log, stderr=log, start_new_session=True)

    def wait(self) -> None:
        """Wait until it answers."""
        until(lambda: self._process is None or self._process.poll() is not None or self.answers(), "a server starts")
        assert self.answers(), self.log

    def answers(self) -> bool:
        """Return whether it takes requests."""
        with suppress(*REFUSED):
            return replace(self.client, seconds=5).get("/readyz").status == 200
        return False

    def stop(self) -> None:
        """Ask it to end, as an operator does, and wait for that; do nothing if it does not run."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                pytest.fail(f"a server that was told to end goes on; it says {self.log}")
            self._process = None

    def kill(self) -> None:
        """End it and its workers at once, whatever they do; do nothing if it does not run."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(LONGEST)
            self._process = None

    def from_address(self, address: str) -> Client:
        """Return a client that is somebody else's, for the limits."""
        return replace(self.client, headers={"X-Forwarded-For": address})

    @property
    def process(self) -> int:
        """Number of the process, which runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")


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
