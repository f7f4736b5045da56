"""While the database cannot be reached, one caller at a time finds out whether it still cannot."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from faqbot.errors import StoreDownError


class Outage:
    """Spares callers the wait for a database that does not answer, which would hold up all that a server does."""

    def __init__(self) -> None:
        self._reason: str | None = None
        self._trying = threading.Lock()

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Let the block connect; by how it ends it is known whether the database can be reached.

        :raises StoreDownError: at once, where it could not be reached and somebody else is just trying again; else
            as the block does.
        """
        if self._reason is None:
            with self._noted():
                yield
        elif self._trying.acquire(blocking=False):
            try:
                with self._noted():
                    yield
            finally:
                self._trying.release()
        else:
            raise StoreDownError(self._reason)

    def refuse_if_known(self) -> None:
        """Do nothing, unless ``connecting`` would refuse.

        :raises StoreDownError: as ``connecting`` does.
        """
        if self._reason is not None and self._trying.locked():
            raise StoreDownError(self._reason)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except StoreDownError as error:
            self._reason = str(error)
            raise
        self._reason = None
