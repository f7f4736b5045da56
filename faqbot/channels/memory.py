"""What a conversation in a chat program is about, so that "còn CPU?" is understood."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from faqbot.channels.incoming import Incoming
from faqbot.channels.ports import Threads
from faqbot.errors import StoreError
from faqbot.reply import Conversation

_LONGEST_PAUSE = timedelta(hours=1)


class Memory:
    """Remembers by thread. Where there is no thread, or nobody but us and the writer, also by writer for an hour; a
    store that is down remembers nothing."""

    def __init__(self, threads: Threads, clock: Callable[[], float] = time.time) -> None:
        self._threads = threads
        self._clock = clock

    def recall(self, source: str, incoming: Incoming) -> Conversation | None:
        """Return what the last reply there left behind; None for nothing."""
        channel, found = _channel(source, incoming), None
        with suppress(StoreError):
            if incoming.thread:
                found = self._threads.get(channel, incoming.thread)
            if found is None and _is_personal(incoming):
                since = datetime.fromtimestamp(self._clock(), UTC) - _LONGEST_PAUSE
                found = self._threads.get(channel, _person(incoming), since=since)
        return found

    def remember(self, source: str, incoming: Incoming, found: Conversation) -> None:
        """Remember what a reply leaves behind."""
        keys = [incoming.thread] if incoming.thread else []
        keys += [_person(incoming)] if _is_personal(incoming) else []
        with suppress(StoreError):
            for key in keys:
                self._threads.keep(_channel(source, incoming), key, found)

    def before(self, source: str, incoming: Incoming) -> Conversation | None:
        """Return what was recalled when a message came first."""
        with suppress(StoreError):
            return self._threads.get(_channel(source, incoming), _before(incoming))
        return None

    def remember_before(self, source: str, incoming: Incoming, found: Conversation) -> None:
        """Remember what was recalled for a message, to give the same reply when it comes again."""
        with suppress(StoreError):
            self._threads.keep(_channel(source, incoming), _before(incoming), found)


def _channel(source: str, incoming: Incoming) -> str:
    return f"{source}:{incoming.channel}"


def _before(incoming: Incoming) -> str:
    return f"before:{incoming.deliveries[0]}"


def _person(incoming: Incoming) -> str:
    return f"person:{incoming.person}"


def _is_personal(incoming: Incoming) -> bool:
    return incoming.direct or incoming.command or not incoming.thread
