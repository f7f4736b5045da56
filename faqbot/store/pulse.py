"""Whether something answers, without waiting long for it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from faqbot.errors import StoreError

SECONDS_TO_WAIT = 2.0


class Pulse:
    """Lets one thread at a time find out; whoever asks meanwhile waits for that one."""

    def __init__(self, check: Callable[[], object], *, seconds: float = SECONDS_TO_WAIT) -> None:
        """Take what finds out, and raises StoreError where all is not well, and how long to wait for it."""
        self._check = check
        self._seconds = seconds
        self._lock = threading.Lock()
        self._found: Future[None] | None = None

    def fault(self) -> str | None:
        """Return what is wrong; None if nothing is."""
        with self._lock:
            if self._found is None or self._found.done():
                self._found = self._begin()
            found = self._found
        try:
            found.result(self._seconds)
        except StoreError as error:
            return str(error)
        except TimeoutError:
            return f"the store does not answer within {self._seconds:g} s"
        return None

    def _begin(self) -> "Future[None]":
        found: Future[None] = Future()
        threading.Thread(target=self._find_out, args=(found,), name="store-pulse", daemon=True).start()
        return found

    def _find_out(self, found: "Future[None]") -> None:
        try:
            self._check()
        except Exception as error:
            found.set_exception(error)
        else:
            found.set_result(None)
