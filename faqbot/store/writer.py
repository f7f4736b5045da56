"""One thread that writes exchanges, so that an answer never waits for the store."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from faqbot.errors import StoreDownError, StoreError
from faqbot.store.exchanges import Exchange

_log = logging.getLogger(__name__)

LONGEST_QUEUE = 10_000
"""Exchanges that wait to be written; what comes when it is full is lost, and counted."""
_MOST_AT_ONCE = 500
_SECONDS_TO_GATHER = 0.05
"""Before what came is written, so that it is written together; who waits for it does not wait that long."""
_SECONDS_TO_RECOVER = 1.0


def _ignore(number: int) -> None:
    """Do nothing with it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Is told how the writer gets on, in whichever thread that is; by default nobody is."""

    waiting: Callable[[int], object] = _ignore
    """How many exchanges wait now."""
    lost: Callable[[int], object] = _ignore
    """How many have just been lost."""


class Writer:
    """Writes what it is given, in order, as soon as the store can be reached."""

    def __init__(
        self,
        write: Callable[[Sequence[Exchange]], None],
        *,
        longest: int = LONGEST_QUEUE,
        watch: Watch | None = None,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        """Take what writes, and raises StoreError while it cannot."""
        self._write = write
        self._watch = watch or Watch()
        self._queue: queue.Queue[Exchange | None] = queue.Queue(longest)
        self._stopped = threading.Event()
        self._hurry = threading.Event()
        self._pause = pause or self._stopped.wait
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self.lost = 0
        """Exchanges that could not be kept."""
        self.fault: str | None = None
        """Why the last attempt failed; None if it did not."""

    def put(self, exchange: Exchange) -> None:
        """Take an exchange to be written; if too many wait, or the writer is closed, it is lost."""
        if self._stopped.is_set():
            self._lose(1)
            return
        try:
            self._queue.put_nowait(exchange)
        except queue.Full:
            self._lose(1)
        self._watch.waiting(self.waiting)
        self._start()

    @property
    def waiting(self) -> int:
        """How many exchanges are not written yet."""
        return self._queue.unfinished_tasks

    def status(self) -> tuple[str, str]:
        """Return ``ok``, or ``degraded`` while nothing can be written or much waits, and the reason."""
        waiting, most = self.waiting, self._queue.maxsize
        reason = f"{waiting:,} of {most:,} exchanges wait to be written, {self.lost:,} lost"
        if self.fault:
            return "degraded", f"{self.fault}; {reason}"
        return "degraded" if waiting > most // 2 else "ok", reason

    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """Wait until all that was put is written, but not longer than that; return whether it is.

        :param patient: Whether to wait while the store is down too; yes by default.
        """
        deadline = time.monotonic() + seconds
        self._hurry.set()
        with self._queue.all_tasks_done:
            while self._queue.unfinished_tasks:
                left = deadline - time.monotonic()
                if left <= 0 or (self.fault and not patient) or not self._queue.all_tasks_done.wait(left):
                    return False
        return True

    def close(self, seconds: float = 5.0) -> None:
        """Write what waits, as far as that is possible in the time, and end the thread."""
        if not self.flush(seconds):
            _log.error("%d exchanges are lost: the store is down", self.waiting)
        self._stopped.set()
        if self._thread is not None:
            with suppress(queue.Full):
                self._queue.put_nowait(None)
            self._thread.join(seconds)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._stopped.is_set():
            taken = self._take()
            batch = [exchange for exchange in taken if exchange is not None]
            if batch and not self._kept(batch):
                return
            for _ in taken:
                self._queue.task_done()
            self._watch.waiting(self.waiting)

    def _take(self) -> list[Exchange | None]:
        """Wait for something to do, and gather more of it; None among it only wakes the thread."""
        taken = [self._queue.get()]
        if self._queue.qsize() < _MOST_AT_ONCE:
            self._hurry.wait(_SECONDS_TO_GATHER)
        self._hurry.clear()
        with suppress(queue.Empty):
            while len(taken) < _MOST_AT_ONCE:
                taken.append(self._queue.get_nowait())
        return taken

    def _kept(self, batch: Sequence[Exchange]) -> bool:
        """Write, however long the store is down; return False if the writer was stopped before."""
        while not self._stopped.is_set():
            try:
                self._write(batch)
            except StoreDownError as error:
                if self.fault is None:
                    _log.warning("exchanges wait to be written: %s", error)
                self._tell_of(str(error))
                self._pause(_SECONDS_TO_RECOVER)
            except StoreError as error:
                return self._kept_singly(batch, str(error))
            except Exception as error:
                # Its text may quote what people wrote.
                return self._kept_singly(batch, f"unexpected {type(error).__name__}")
            else:
                self.fault = None
                return True
        return False

    def _kept_singly(self, batch: Sequence[Exchange], reason: str) -> bool:
        """Write each by itself, so that one that the store will never take is lost alone."""
        if len(batch) > 1:
            return all(self._kept([exchange]) for exchange in batch)
        _log.error("an exchange is lost: %s", reason)
        self._lose(1)
        self.fault = None
        return True

    def _tell_of(self, fault: str) -> None:
        """Let those know who wait for a flush."""
        with self._queue.all_tasks_done:
            self.fault = fault
            self._queue.all_tasks_done.notify_all()

    def _lose(self, count: int) -> None:
        with self._lock:
            self.lost += count
        self._watch.lost(count)
