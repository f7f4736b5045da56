"""Ask something that may not answer, such as a database, and never wait long."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from threading import Lock, Thread
from typing import Generic, TypeVar

SECONDS_TO_WAIT = 0.5
"""Less than the second after which Kubernetes gives a probe up."""

T = TypeVar("T")


class Probe(Generic[T]):
    """Asks in a thread, one at a time: while a question is open, whoever else asks waits for its answer too."""

    def __init__(self, ask: Callable[[], T], late: T, *, seconds: float = SECONDS_TO_WAIT) -> None:
        """Take what to ask, and what to say where no answer comes in time, which is 0.5 seconds by default."""
        self._ask = ask
        self._late = late
        self._seconds = seconds
        self._lock = Lock()
        self._open: Future[T] | None = None

    def __call__(self) -> T:
        """Return the answer; what asking raises is raised here."""
        with self._lock:
            asked = self._open
            if asked is None or asked.done():
                asked = self._open = Future()
                Thread(target=self._answer, args=(asked,), name="probe", daemon=True).start()
        try:
            return asked.result(self._seconds)
        except NotYet:
            return self._late

    def _answer(self, asked: "Future[T]") -> None:
        try:
            asked.set_result(self._ask())
        except Exception as error:  # it belongs to whoever asked
            asked.set_exception(error)
