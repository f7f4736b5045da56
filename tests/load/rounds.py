"""Ask in several ways in turn, round after round, so that whatever else the machine does meets all of them alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from faqbot.errors import EvaluationError
from tests.load import wrk
from tests.load.servers import Server


class Way:
    """Asks a server questions from a file, and goes on where it ended."""

    def __init__(self, server: Server, bodies: Path, *, again: bool) -> None:
        """Take a file with a JSON body a line, and whether each may be sent again and again."""
        self._port = server.port
        self._bodies = bodies
        self._left = None if again else sum(1 for _ in bodies.open("rb"))
        self._asked = 0

    def ask(self, seconds: int, rate: float | None = None) -> wrk.Load:
        """Ask so many times a second; without a rate as often as the server can answer.

        :raises EvaluationError: if a request fails, or a question would be asked again that may not be.
        """
        load = wrk.run(self._port, self._bodies, self._asked, seconds, rate)
        self._asked += load.requests + wrk.MOST_CONNECTIONS
        if self._left is not None and self._asked > self._left:
            raise EvaluationError(f"there are only {self._left:,} different questions; ask for a shorter time")
        return load


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one way; medians over the rounds."""

    rate: float
    """Requests a second, as many as possible."""
    share: float
    """Of the requests a second that the first way had in the same round."""
    median_ms: float
    percentile_99_ms: float
    half_median_ms: float
    """At half of that rate."""
    half_percentile_99_ms: float


def measure(ways: Mapping[str, Way], rounds: int, seconds: int) -> dict[str, Figures]:
    """Ask in each way at full load, and at half of that, for so many seconds each; repeat for so many rounds."""
    for way in ways.values():
        way.ask(seconds)  # to warm up
    measured = [_round(ways, seconds) for _ in range(rounds)]
    first = next(iter(ways))
    return {name: _figures([(each[name], each[first]) for each in measured]) for name in ways}


_Both = tuple[wrk.Load, wrk.Load]
"""At full load, and at half of that."""


def _round(ways: Mapping[str, Way], seconds: int) -> dict[str, _Both]:
    loads = {name: way.ask(seconds) for name, way in ways.items()}
    return {name: (load, ways[name].ask(seconds, load.rate / 2)) for name, load in loads.items()}


def _figures(measured: list[tuple[_Both, _Both]]) -> Figures:
    """Take each round's loads of a way with those of the first way."""
    return Figures(
        median(full.rate for (full, _), _ in measured),
        median(full.rate / first.rate for (full, _), (first, _) in measured),
        median(full.median_ms for (full, _), _ in measured),
        median(full.percentile_99_ms for (full, _), _ in measured),
        median(half.median_ms for (_, half), _ in measured),
        median(half.percentile_99_ms for (_, half), _ in measured),
    )
