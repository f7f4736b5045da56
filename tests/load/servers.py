"""Servers in processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from faqbot.errors import EvaluationError
from tests.ports import free_port

_SECONDS_TO_START = 60.0
_SECONDS_TO_STOP = 10.0
_SECONDS_BETWEEN_TRIES = 0.01
_FAQBOT = "from faqbot.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    process: psutil.Process
    start_s: float
    """Seconds from its start until it was ready."""

    def memory_mb(self) -> tuple[float, float]:
        """Return the memory of a worker and of the process that looks after the workers, each in MB.

        What processes share counts in equal parts for each of them (PSS).
        """
        workers = [_mb(each) for each in self.process.children()]
        return sum(workers) / len(workers), _mb(self.process)


def faqbot(folder: Path, workers: int = 1) -> AbstractContextManager[Server]:
    """Run ``faqbot serve`` with its own knowledge and without limits; its data and cache are kept in a folder."""
    places = {"FAQBOT_DATA": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache"), "FAQBOT_RATE_LIMIT": "off"}
    return _running(["-c", _FAQBOT, "serve", "--workers", str(workers), "--port"], places)


def bare(workers: int = 1) -> AbstractContextManager[Server]:
    """Run a bare Flask application on the same server, with the same settings."""
    return _running(["-m", "tests.load.bare", str(workers)], {})


@contextmanager
def _running(arguments: Sequence[str], places: Mapping[str, str]) -> Iterator[Server]:
    """Run a Python program that takes its port as the last argument, until the block ends."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments, str(port)], env={**environ, **places}, stdout=subprocess.DEVNULL
    ) as process:
        try:
            _wait_until_ready(port, process)
            yield Server(port, psutil.Process(process.pid), time.perf_counter() - started)
        finally:
            _stop(process)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EvaluationError("the server does not start")
        time.sleep(_SECONDS_BETWEEN_TRIES)


def _is_ready(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=_SECONDS_TO_START)) as connection:
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and its workers, whatever state they are in."""
    workers = psutil.Process(process.pid).children() if process.poll() is None else []
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        for worker in workers:
            worker.kill()


def _mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6
