"""Threads that answer, and how many requests may wait for one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Lane:
    """Does pieces of work in a few threads. Belongs to one event loop."""

    def __init__(self, name: str, *, threads: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + most_waiting
        self._inside = 0

    @property
    def full(self) -> bool:
        """Whether no more may wait."""
        return self._inside >= self._most

    async def do(self, work: Callable[[], None]) -> None:
        """Return when the work is done."""
        self._inside += 1
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._inside -= 1
