"""Work that a request starts and does not wait for."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Condition
from typing import TypeVar

from faqbot.metrics.numbers import WORK, WORK_FAILED, WORK_REFUSED

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
                WORK_REFUSED.inc()
                return None
            self._begun += 1
        WORK.inc()
        future = self._pool.submit(work)
        future.add_done_callback(self._ended)
        return future

    def status(self) -> tuple[str, str]:
        """Return ``ok``, or ``degraded`` where there is no room for more, and the reason."""
        reason = f"{self._begun:,} of {self._most:,} pieces of work are begun or wait"
        return "degraded" if self._begun >= self._most else "ok", reason

    def settle(self, seconds: float | None = None) -> bool:
        """Wait until all work that was begun has ended, but not longer than that; None: as long as it takes.

        :return: Whether it has.
        """
        with self._change:
            return self._change.wait_for(lambda: self._begun == 0, seconds)

    def _ended(self, future: "Future[T]") -> None:
        error = future.exception()
        WORK.dec()
        if error is not None:
            WORK_FAILED.inc()
            # Its text may quote what somebody wrote.
            _log.error("work after a request failed (%s)", type(error).__name__)
        with self._change:
            self._begun -= 1
            self._change.notify_all()
