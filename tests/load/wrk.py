"""Run wrk, the load tool."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from faqbot.errors import EvaluationError

CONNECTIONS = 16
"""Where each asks again as soon as it is answered."""
MOST_CONNECTIONS = 64
"""Where each pauses before it asks: the more there are, the more the requests come at random moments."""
_SCRIPT = Path(__file__).with_name("chat.lua")
_SECONDS_TO_END = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a run."""

    requests: int
    rate: float
    """Requests a second."""
    median_ms: float
    percentile_99_ms: float


def run(port: int, bodies: Path, first: int, seconds: int, rate: float | None = None) -> Load:
    """Ask the server at a port of the loopback.

    :param bodies: A file with a JSON body a line; after the last the first follows.
    :param first: The line to begin with, counted from 0.
    :param rate: About how many requests a second to send; None for as many as are answered.
    :raises EvaluationError: if there is no wrk, or a request fails.
    """
    connections = MOST_CONNECTIONS if rate else CONNECTIONS
    pause = connections / rate * 1000 if rate else 0
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    command += ["--script", str(_SCRIPT), f"http://127.0.0.1:{port}/api/chat"]
    command += ["--", str(bodies), str(first), f"{pause:.3f}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + _SECONDS_TO_END)
    except FileNotFoundError as error:
        raise EvaluationError("wrk is not installed; it is a package of most Linux distributions") from error
    except subprocess.SubprocessError as error:
        raise EvaluationError(f"wrk fails ({error})") from error
    return _read(done.stdout)


def _read(output: str) -> Load:
    """Read the line that the script wrote last: requests, and microseconds of the run, of the median and of 99%."""
    requests, duration, failed, median, high = map(int, output.splitlines()[-1].split())
    if failed or not requests:
        raise EvaluationError(f"{failed:,} requests fail, {requests:,} are answered")
    return Load(requests, requests / duration * 1e6, median / 1000, high / 1000)
