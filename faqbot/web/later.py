"""Work that a request starts and does not wait for."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition
from typing import TypeVar

_log = logging.getLogger(__name__)

THREADS = 4
MOST_WAITING = 500

T = TypeVar("T")


class Later:
    """Does pieces of work in a few threads. Only so many wait; the rest is refused at once."""

    def __init__(self, *, threads: int = THREADS, most_waiting: int = MOST_WAITING) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="later")
        self._most = threads + most_waiting
        self._begun = 0
        self._change = Condition()

    def do(self, work: Callable[[], T]) -> Future[T] | None:
        """Start a piece of work, now or when its turn comes; return None if there is no room for it."""
        with self._change:
            if self._begun >= self._most:
                return None
            self._begun += 1
        future = self._pool.submit(work)
        future.add_done_callback(self._ended)
        return future

    def settle(self, seconds: float | None = None) -> bool:
        """Wait until all work that was begun has ended, but not longer than that; None: as long as it takes.

        :return: Whether it has.
        """
        with self._change:
            return self._change.wait_for(lambda: self._begun == 0, seconds)

    def _ended(self, future: "Future[T]") -> None:
        error = future.exception()
        if error is not None:
            # Its text may quote what somebody wrote.
            _log.error("work after a request failed (%s)", type(error).__name__)
        with self._change:
            self._begun -= 1
            self._change.notify_all()
