"""The newest of a value that changes elsewhere."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """A value that any thread may read anew; it never becomes older again."""

    def __init__(self, value: T, read: Callable[[T], T]) -> None:
        """Take the first value, and what reads the newest one; it is given the one before."""
        self.value = value
        self._read = read
        self._lock = threading.Lock()

    def look(self) -> None:
        """Read it anew; one thread at a time, so that none puts back what it read before another did."""
        with self._lock:
            self.value = self._read(self.value)

    def unlock(self) -> None:
        """Begin anew, in a process that was forked off while the lock was held."""
        self._lock = threading.Lock()
