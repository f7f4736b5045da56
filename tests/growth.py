"""How the time that something takes grows with the length of a text."""

import time
from collections.abc import Callable
from itertools import pairwise

LENGTHS = (4_096, 16_384, 65_536)
EVEN = 10.0
"""Growth up to this is even, as far as can be told; where time grows with the square of the length it is 16."""
_WORTH_MEASURING = 0.005
"""In seconds: what takes less is too short to tell anything."""
_ATTEMPTS = 3


def seconds(run: Callable[[str], object], text: str) -> float:
    """Return the seconds of processor time that a run takes, the quickest of three."""
    return min(_once(run, text) for _ in range(_ATTEMPTS))


def growth(run: Callable[[str], object], fill: Callable[[int], str]) -> float:
    """Return how many times as long four times as much text takes, up to 64 KiB: 4 where time grows evenly.

    :param fill: Makes a text of a length.
    :return: 0 where even the longest takes no time that is worth measuring.
    """
    worst = 0.0
    for shorter, longer in pairwise(LENGTHS):
        took = _once(run, fill(longer))
        ratio = took / _once(run, fill(shorter)) if took > _WORTH_MEASURING else 0.0
        if ratio > EVEN:
            ratio = seconds(run, fill(longer)) / seconds(run, fill(shorter))
        worst = max(worst, ratio)
        if worst > EVEN:
            break
    return worst


def _once(run: Callable[[str], object], text: str) -> float:
    began = time.thread_time()
    run(text)
    return time.thread_time() - began
