"""A server of its own, and how much memory its processes hold."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

_SECONDS_TO_START = 60.0
_SECONDS_TO_STOP = 15.0


@contextmanager
def serving(knowledge: Path, data: Path, *, workers: int) -> Iterator[tuple[int, int]]:
    """Run ``faqbot serve`` at a free port, without a limit of requests; gives the port and the process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FAQBOT_")}
    environ |= {"FAQBOT_DATA": str(data), "FAQBOT_RATE_LIMIT": "off", "XDG_CACHE_HOME": str(data / "cache")}
    command = [sys.executable, "-c", "from faqbot.cli import main; main()", "serve", "--port", str(port)]
    with (data / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--workers", str(workers), "--knowledge", str(knowledge)],
            env=environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        _stop(server)


def memory(group: int) -> float:
    """Return the memory of all processes of a process group, in MB: what they share counts once (PSS)."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(process.name)) == group:
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = monotonic() + _SECONDS_TO_START
    while monotonic() < deadline and server.poll() is None:
        with suppress(OSError, HTTPException), urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return
        sleep(0.1)
    raise RuntimeError(f"the server did not start within {_SECONDS_TO_START:.0f} seconds")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(_SECONDS_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
