"""Each message is dealt with once, however often and in however many ways it is delivered."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from faqbot.channels.ports import Deliveries
from faqbot.errors import StoreError
from faqbot.metrics.numbers import DELIVERIES_REPEATED

_MOST_REMEMBERED = 10_000


class Once:
    """Asks the store; while that is down, this process goes by its own memory."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def first(self, source: str, ids: Sequence[str]) -> bool:
        """Remember the ids of a message; return whether all of them were unknown, as they are where there are none.

        Behind an id that is known none is remembered. Else, of two deliveries at once, each might come first with one
        id, and neither with all.
        """
        new = all(self._is_new(source, each) for each in ids)
        if not new:
            DELIVERIES_REPEATED.labels(source.partition(":")[0]).inc()
        return new

    def forget(self, source: str, ids: Sequence[str]) -> None:
        """Forget a message that could not be dealt with, so that it is dealt with when it comes again."""
        for each in ids:
            with self._lock:
                self._seen.pop((source, each), None)
            try:
                self._deliveries.forget(source, each)
            except StoreError:
                return

    def _is_new(self, source: str, each: str) -> bool:
        here = self._is_new_here(source, each)
        try:
            return self._deliveries.first(source, each)
        except StoreError:
            return here

    def _is_new_here(self, source: str, each: str) -> bool:
        with self._lock:
            new = (source, each) not in self._seen
            self._seen[source, each] = None
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.popitem(last=False)
            return new
