"""Threads that work in the background, also in processes that are forked off."""

import os
import threading
from collections.abc import Callable, Mapping
from weakref import WeakSet

Work = Callable[[threading.Event], None]
"""What a thread does until the event is set."""
_SECONDS_TO_STOP = 5.0


class Background:
    """Threads that are started and stopped together."""

    def __init__(self, work: Mapping[str, Work], *, before_again: Callable[[], None]) -> None:
        """Take what to do, by the names of the threads.

        :param before_again: Called in a process that was just forked off, into which no thread came along, before they
            are started there.
        """
        self._work = dict(work)
        self._before_again = before_again
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Work from now on, also in processes that are forked off later."""
        _started.add(self)
        self._start_threads()

    def stop(self) -> None:
        """Work no longer, and wait for the threads to end."""
        _started.discard(self)
        self._stopped.set()
        for thread in self._threads:
            thread.join(_SECONDS_TO_STOP)

    def start_again(self) -> None:
        """Go on in a process that was just forked off."""
        self._before_again()
        self._start_threads()

    def _start_threads(self) -> None:
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=work, args=(self._stopped,), name=name, daemon=True)
            for name, work in self._work.items()
        ]
        for thread in self._threads:
            thread.start()


_started: WeakSet[Background] = WeakSet()


def _start_again() -> None:
    for background in _started:
        background.start_again()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_again)
