"""One thread that sends notices, so that nobody who asks or answers waits for them."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from faqbot.errors import DeliveryError, StoreError
from faqbot.helpdesk.carriers import Carrier
from faqbot.helpdesk.notices import with_transcript
from faqbot.metrics.numbers import NOTICES_SENT
from faqbot.store.column_types import now
from faqbot.store.notice import Notice, Stage
from faqbot.store.store import Store

_log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0
REST = timedelta(seconds=30)
"""How long a target is left alone that did not take a notice, so that one that is down does not delay the others."""


class Sender:
    """Sends what is due, in order, with several replicas at work side by side."""

    def __init__(
        self,
        store: Store,
        carriers: Mapping[str, Carrier],
        *,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Take what carries notices to each target."""
        self._store = store
        self._carriers = carriers
        self._clock = clock
        self._resting: dict[str, datetime] = {}
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send in the background; without targets there is nothing to do."""
        if self._carriers and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notice-sender", daemon=True)
            self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End the thread, once the notice that it is sending is through, but do not wait longer than that."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(seconds)

    @property
    def running(self) -> bool:
        """Whether the thread is at work."""
        return self._thread is not None and self._thread.is_alive()

    def status(self) -> tuple[str, str]:
        """Return ``ok``, or ``degraded`` where notices are dead or cannot be counted, and the reason."""
        try:
            found = self._store.outbox.count()
        except StoreError as error:
            return "degraded", str(error)
        return "degraded" if found.dead else "ok", f"{found.waiting} waiting, {found.dead} dead"

    def send_due(self) -> int:
        """Send what is due, one notice after the other; return how many have arrived.

        :raises StoreError: if the store is down.
        """
        arrived = 0
        while not self._stopped.is_set():
            moment = self._clock()
            self._resting = {target: until for target, until in self._resting.items() if until > moment}
            notice = self._store.outbox.claim(moment, tuple(self._resting))
            if notice is None:
                break
            arrived += self._sent(notice)
        return arrived

    def _sent(self, notice: Notice) -> bool:
        """Send a notice; return whether it has arrived. No error of one keeps the others from being sent."""
        try:
            self._carry(notice)
        except StoreError:
            raise
        except DeliveryError as error:
            self._put_back(notice, error)
            return False
        except Exception as error:
            # Its text may quote what people wrote.
            self._put_back(notice, DeliveryError(f"unexpected {type(error).__name__}"))
            return False
        self._store.outbox.succeeded(notice)
        NOTICES_SENT.labels(notice.target, "arrived").inc()
        return True

    def _carry(self, notice: Notice) -> None:
        carrier = self._carriers.get(notice.target)
        if carrier is None:
            raise DeliveryError("there is no such target any more", for_good=True)
        told: dict[str, Any] = with_transcript(notice.content, self._store.exchanges.of)
        carrier(told, self._clock())

    def _put_back(self, notice: Notice, error: DeliveryError) -> None:
        stage = Stage.DEAD
        if error.for_good:
            self._store.outbox.give_up(notice, str(error))
        else:
            moment = self._clock()
            stage = self._store.outbox.failed(notice, str(error), moment, pause=error.pause)
            self._resting[notice.target] = moment + max(REST, min(error.pause, timedelta(hours=1)))
        NOTICES_SENT.labels(notice.target, "dead" if stage is Stage.DEAD else "failed").inc()
        _log.warning("notice %d did not arrive at %s: %s", notice.id, notice.target, error)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.send_due()
            except StoreError as error:
                _log.warning("no notices are sent: %s", error)
            self._stopped.wait(SECONDS_BETWEEN_LOOKS)
