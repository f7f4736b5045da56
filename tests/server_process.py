"""A server in a process of its own: started, waited for, and ended together with its workers.

Programs that measure use it too, with no more installed than a server needs.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from tests.ports import free_port

LONGEST = 60.0
"""Seconds that anything may take."""
CLOSED = (OSError, HTTPException)
"""What a client sees of a server that is not there, or dies."""
FAQBOT = (sys.executable, "-c", "from faqbot.cli import main; main()")
"""The command line, as it is installed."""
_SECONDS_OF_A_LOOK = 5.0
_SECONDS_BETWEEN_LOOKS = 0.01
_NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


class ServerError(AssertionError):
    """A server does not start, or does not end; the message shows its log."""


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A process that serves, and leads a process group, to which its workers belong."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    """What all of them write."""

    def is_ready(self) -> bool:
        """Return whether it says so."""
        client = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS_OF_A_LOOK)
        with suppress(*CLOSED), closing(client) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        return False

    def wait(self) -> None:
        """Wait until it is ready.

        :raises ServerError: if it ends, or takes too long.
        """
        deadline = monotonic() + LONGEST
        while self.process.poll() is None and monotonic() < deadline:
            if self.is_ready():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_SECONDS_BETWEEN_LOOKS)
        raise self._error("does not start")

    def stop(self) -> None:
        """Ask it to end, as an operator does, and wait for that.

        :raises ServerError: if it takes too long.
        """
        self.process.terminate()
        try:
            self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise self._error("was told to end, and goes on") from None

    def kill(self) -> None:
        """End it and its workers at once, whatever they do; do nothing if they are gone."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LONGEST)

    def _error(self, what: str) -> ServerError:
        return ServerError(f"the server {what}; it says:\n{self.log.read_text('utf-8', 'replace')}")


def serve_command(port: int, *options: str) -> list[str]:
    """Return the command that serves faqbot."""
    return [*FAQBOT, "serve", "--port", str(port), *options]


def start(command: Sequence[str], port: int, log: Path, settings: Mapping[str, str] = _NO_SETTINGS) -> ServerProcess:
    """Start any server; whoever does it waits for it, and ends it.

    :param port: On which the command serves.
    :param log: What is there already, stays.
    :param settings: The only ones of faqbot's in the environment.
    """
    around = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    environ = {**around, "PYTHONUTF8": "1", **settings}
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=environ, stdout=output, stderr=output, start_new_session=True)
    return ServerProcess(port, process, log)


@contextmanager
def running(
    command: Sequence[str], port: int, log: Path, settings: Mapping[str, str] = _NO_SETTINGS
) -> Iterator[ServerProcess]:
    """Run any server, which is ready, until the block ends; it is killed then, if it is there still.

    The parameters are those of ``start``.

    :raises ServerError: if it does not start.
    """
    server = start(command, port, log, settings)
    try:
        server.wait()
        yield server
    finally:
        server.kill()


@contextmanager
def running_faqbot(
    knowledge: Path,
    data: Path,
    settings: Mapping[str, str] = _NO_SETTINGS,
    *options: str,
    workers: int | None = None,
) -> Iterator[ServerProcess]:
    """Run ``faqbot serve`` as ``running`` does; it limits nobody unless the settings say so.

    :param data: The folder for its data, and for its log, which is called after the port.
    :param settings: Such as ``FAQBOT_THREADS``.
    :param workers: None: as many as suit the machine.
    """
    port = free_port()
    data.mkdir(parents=True, exist_ok=True)
    more = () if workers is None else ("--workers", str(workers))
    command = serve_command(port, "--knowledge", str(knowledge), *more, *options)
    own = {"FAQBOT_DATA": str(data), "FAQBOT_RATE_LIMIT": "off"}
    with running(command, port, data / f"{port}.log", own | dict(settings)) as server:
        yield server
