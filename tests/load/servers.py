"""Servers in processes of their own."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from faqbot.knowledge.loader import shipped_knowledge
from tests.ports import free_port
from tests.server_process import ServerProcess, running, running_faqbot


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
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    return _measured(running_faqbot(shipped_knowledge(), folder / "data", cache, workers=workers))


def bare(folder: Path, workers: int = 1) -> AbstractContextManager[Server]:
    """Run a bare Flask application on the same server, with the same settings; its log is kept in a folder."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.bare", str(workers), str(port)]
    return _measured(running(command, port, folder / f"{port}.log"))


@contextmanager
def _measured(starting: AbstractContextManager[ServerProcess]) -> Iterator[Server]:
    started = time.perf_counter()
    with starting as server:
        yield Server(server.port, psutil.Process(server.process.pid), time.perf_counter() - started)
        server.stop()


def _mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6
