"""What a conversation in a chat program is about, so that "còn CPU?" is understood."""

import time
from collections.abc import Callable
from contextlib import suppress

from faqbot.channels.incoming import Incoming
from faqbot.channels.ports import Threads
from faqbot.errors import StoreError
from faqbot.reply import Conversation

_SECONDS = 60 * 60


class Memory:
    """Remembers by thread. Where there is no thread, or nobody but us and the writer, also by writer for an hour or
    two; a store that is down remembers nothing."""

    def __init__(self, threads: Threads, clock: Callable[[], float] = time.time) -> None:
        self._threads = threads
        self._clock = clock

    def recall(self, source: str, incoming: Incoming) -> Conversation | None:
        """Return what the last reply there left behind; None for nothing."""
        hour = int(self._clock() // _SECONDS)
        keys = [*self._keys(incoming, hour), *self._keys(incoming, hour - 1)]
        channel = _channel(source, incoming)
        with suppress(StoreError):
            return next((found for key in dict.fromkeys(keys) if (found := self._threads.get(channel, key))), None)
        return None

    def remember(self, source: str, incoming: Incoming, found: Conversation) -> None:
        """Remember what a reply leaves behind."""
        hour = int(self._clock() // _SECONDS)
        with suppress(StoreError):
            for key in self._keys(incoming, hour):
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

    def _keys(self, incoming: Incoming, hour: int) -> list[str]:
        thread = [incoming.thread] if incoming.thread else []
        alone = incoming.direct or incoming.command or not thread
        return [*thread, f"person:{incoming.person}:{hour}"] if alone else thread


def _channel(source: str, incoming: Incoming) -> str:
    return f"{source}:{incoming.channel}"


def _before(incoming: Incoming) -> str:
    return f"before:{incoming.deliveries[0]}"
