"""Many clients at once, who ask and write until they are told to stop."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle

from tests.replicas.processes import LONGEST, until

Deed = Callable[[], object]
"""Sends a request, and raises where it fails."""


class Load:
    """What the clients have done so far."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        """How often each deed succeeded, by name."""
        self.failures: list[str] = []
        """What went wrong."""
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def work(self, deeds: Sequence[Deed], first: int) -> None:
        """Do one deed after the other, beginning with one of them, until the end."""
        for deed in cycle([*deeds[first:], *deeds[:first]]):
            if self._stopped.is_set():
                return
            try:
                deed()
            except Exception as error:
                with self._lock:
                    self.failures.append(f"{deed.__name__}: {error!r}"[:300])
            else:
                with self._lock:
                    self.done[deed.__name__] += 1

    def wait_for_more(self, count: int) -> None:
        """Wait until so many more deeds are done than now, whether they succeed or not."""
        wanted = self._total() + count
        until(lambda: self._total() >= wanted, f"{count} more requests")

    def stop(self) -> None:
        """Tell the clients to stop."""
        self._stopped.set()

    def _total(self) -> int:
        with self._lock:
            return self.done.total() + len(self.failures)


@contextmanager
def load(*deeds: Deed, clients: int = 4) -> Iterator[Load]:
    """So many clients who do these deeds over and over while the block runs."""
    found = Load()
    threads = [
        threading.Thread(target=found.work, args=(deeds, number % len(deeds)), daemon=True) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.stop()
        for thread in threads:
            thread.join(LONGEST)
