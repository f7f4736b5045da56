"""Forget what is old once a day, without anybody having to ask for it."""

import logging
import threading
from collections.abc import Callable

from faqbot.errors import StoreError
from faqbot.store.column_types import now
from faqbot.store.retention import Purged, purge
from faqbot.store.store import Store

_log = logging.getLogger(__name__)

_SOURCE = "purge"
_SECONDS_BETWEEN_LOOKS = 3_600.0


class Upkeep:
    """Purges the store at the start and once a day; of several replicas, the one that comes first does."""

    def __init__(self, store: Store, days: int, *, pause: Callable[[float], object] | None = None) -> None:
        """Take the store, and how long things are kept."""
        self._store = store
        self._days = days
        self._stopped = threading.Event()
        self._pause = pause or self._stopped.wait
        self._thread = threading.Thread(target=self._run, name="store-upkeep", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def close(self, seconds: float = 5.0) -> None:
        """End the thread, but do not wait longer than that for a purge that is under way."""
        self._stopped.set()
        self._thread.join(seconds)

    def purge_if_due(self) -> Purged | None:
        """Purge, unless that was done today, here or elsewhere; return how much was forgotten.

        :raises StoreError: if the store is down.
        """
        today = now().date().isoformat()
        if not self._store.deliveries.first(_SOURCE, today):
            return None
        try:
            return purge(self._store.database, self._days)
        except StoreError:
            self._store.deliveries.forget(_SOURCE, today)
            raise

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                purged = self.purge_if_due()
            except StoreError as error:
                _log.warning("nothing is purged now: %s", error)
            else:
                if purged is not None:
                    _log.info("purged %d exchanges and %d tickets", purged.exchanges, purged.tickets)
            self._pause(_SECONDS_BETWEEN_LOOKS)
