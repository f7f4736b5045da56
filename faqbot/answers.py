"""Replies that were worked out before, for questions that many people ask alike."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock
from weakref import WeakKeyDictionary

from cachetools import Cache, LRUCache, TTLCache

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.knowledge.model import SectionKey
from faqbot.language.clean import clean
from faqbot.reply import Reply

LARGEST = 8_000_000
"""Bytes that the replies of one assistant may take, about; those that were not asked for the longest go first."""
SECONDS_WITH_MEANING = 60.0
"""How long a reply is kept where meaning counts too: it may have been given while the endpoint was down."""
_OVERHEAD = 5_000
"""Bytes that a reply takes at most beside its texts, about: a question of 2,000 characters, and small objects."""

_Key = tuple[str, str | None, bool, str | None, SectionKey | None, bool, tuple[SectionKey, ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The replies of one assistant."""

    replies: Cache[_Key, Reply]
    turn: AbstractContextManager[object]
    """To be held while a reply is worked out."""
    lock: Lock = field(default_factory=Lock)

    def get(self, key: _Key) -> Reply | None:
        with self.lock:
            found: Reply | None = self.replies.get(key)
            return found

    def put(self, key: _Key, reply: Reply) -> None:
        if _size(reply) <= self.replies.maxsize:
            with self.lock:
                self.replies[key] = reply


class Answers:
    """Remembers replies, each together with the assistant that gave it; any thread may use it.

    Replies go with their assistant, so that none outlives the revision of the knowledge that it was made of.
    """

    def __init__(self, largest: int = LARGEST, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many bytes the replies of one assistant may take, and a clock in seconds."""
        self._largest = largest
        self._clock = clock
        self._kept: WeakKeyDictionary[Assistant, _Kept] = WeakKeyDictionary()
        self._lock = Lock()

    def reply(self, assistant: Assistant, question: Question) -> Reply:
        """Reply as ``Assistant.ask`` does.

        :raises QuestionError: as ``Assistant.ask`` does.
        """
        text = question.text.strip()
        if not 0 < len(text) <= LONGEST_MESSAGE:
            return assistant.ask(question)  # which refuses it, though it may read like one that is kept
        key, kept = _key(text, question), self._of(assistant)
        found = kept.get(key)
        if found is None:
            with kept.turn:
                found = kept.get(key) or assistant.ask(question)
            kept.put(key, found)
        return found

    def _of(self, assistant: Assistant) -> _Kept:
        with self._lock:
            found = self._kept.get(assistant)
            if found is None:
                found = self._kept[assistant] = self._nothing_of(assistant)
            return found

    def _nothing_of(self, assistant: Assistant) -> _Kept:
        """Return where the assistant's replies will be kept.

        Wording is compared by one thread at a time: eight that take turns at it need twice as long in all, since each
        turn costs. They may wait for an endpoint together.
        """
        if assistant.matcher.meaning is None:
            return _Kept(LRUCache(self._largest, _size), Lock())
        return _Kept(TTLCache(self._largest, SECONDS_WITH_MEANING, self._clock, _size), nullcontext())


def _key(text: str, question: Question) -> _Key:
    """Return what a reply depends on: of the text only what ``Reader.read`` sees, of the conversation not its name."""
    asked = (clean(text), question.language, question.public_only)
    before = question.conversation
    if before is None:
        return (*asked, None, None, False, ())
    return (*asked, before.language, before.section, before.clarified, before.offered)


def _size(reply: Reply) -> int:
    return getsizeof(reply.text) + getsizeof(reply.html) + _OVERHEAD
