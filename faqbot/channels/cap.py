"""A cap of replies a minute, so that two bots that answer each other soon fall silent."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_SECONDS = 60.0
_MOST_CHANNELS = 10_000


class Cap:
    """Counts the replies of the last minute in each channel. Each process counts its own."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._channels: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, channel: str) -> bool:
        """Return whether there may be another reply in a channel, and count it if so."""
        with self._lock:
            now = self._clock()
            replies = self._channels.setdefault(channel, deque())
            self._channels.move_to_end(channel)
            if len(self._channels) > _MOST_CHANNELS:
                self._channels.popitem(last=False)
            while replies and replies[0] <= now - _SECONDS:
                replies.popleft()
            if len(replies) >= self._most:
                return False
            replies.append(now)
            return True
