"""One thread that writes exchanges, so that an answer never waits for the store."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

from faqbot.errors import StoreDownError, StoreError
from faqbot.store.exchanges import Exchange

_log = logging.getLogger(__name__)

LONGEST_QUEUE = 10_000
"""Exchanges that wait to be written; what comes when it is full is lost, and counted."""
_MOST_AT_ONCE = 200
_SECONDS_TO_RECOVER = 1.0


class Writer:
    """Writes what it is given, in order, as soon as the store can be reached."""

    def __init__(
        self,
        write: Callable[[Sequence[Exchange]], None],
        *,
        longest: int = LONGEST_QUEUE,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        """Take what writes, and raises StoreError while it cannot."""
        self._write = write
        self._queue: queue.Queue[Exchange] = queue.Queue(longest)
        self._stopped = threading.Event()
        self._pause = pause or self._stopped.wait
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self.lost = 0
        """Exchanges that could not be kept."""
        self.fault: str | None = None
        """Why the last attempt failed; None if it did not."""

    def put(self, exchange: Exchange) -> None:
        """Take an exchange to be written; if too many wait, it is lost."""
        try:
            self._queue.put_nowait(exchange)
        except queue.Full:
            self.lost += 1
        self._start()

    @property
    def waiting(self) -> int:
        """How many exchanges are not written yet."""
        return self._queue.unfinished_tasks

    def flush(self, seconds: float) -> bool:
        """Wait until all that was put is written, but not longer than that; return whether it is."""
        deadline = time.monotonic() + seconds
        with self._queue.all_tasks_done:
            while self._queue.unfinished_tasks:
                left = deadline - time.monotonic()
                if left <= 0 or not self._queue.all_tasks_done.wait(left):
                    return False
        return True

    def close(self, seconds: float = 5.0) -> None:
        """Write what waits, as far as that is possible in the time, and end the thread."""
        self.flush(seconds)
        self._stopped.set()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._stopped.is_set():
            batch = self._next_batch()
            while batch and not self._written(batch):
                self._pause(_SECONDS_TO_RECOVER)
                if self._stopped.is_set():
                    return
            for _ in batch:
                self._queue.task_done()

    def _next_batch(self) -> list[Exchange]:
        batch: list[Exchange] = []
        try:
            batch.append(self._queue.get(timeout=_SECONDS_TO_RECOVER))
            while len(batch) < _MOST_AT_ONCE:
                batch.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return batch

    def _written(self, batch: Sequence[Exchange]) -> bool:
        """Write; return whether that is done with: what the store will never take is lost, and counted."""
        try:
            self._write(batch)
        except StoreDownError as error:
            if self.fault is None:
                _log.warning("exchanges wait to be written: %s", error)
            self.fault = str(error)
            return False
        except StoreError as error:
            _log.error("%d exchanges are lost: %s", len(batch), error)
            self.lost += len(batch)
        self.fault = None
        return True
