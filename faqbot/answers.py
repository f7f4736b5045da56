"""Replies that were worked out before, for questions that many people ask alike."""

from sys import getsizeof
from threading import Lock
from weakref import WeakKeyDictionary

from cachetools import Cache, LRUCache, TTLCache

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.knowledge.model import SectionKey
from faqbot.language.clean import clean
from faqbot.reply import Reply

LARGEST = 4_000_000
"""Bytes that the replies of one assistant may take, about; those that were not asked for the longest go first."""
SECONDS_WITH_MEANING = 60.0
"""How long a reply is kept where meaning counts too: it may have been given while the endpoint was down."""
_OVERHEAD = 1_500
"""Bytes that a reply takes beside its texts; measured."""

_Key = tuple[str, str | None, bool, str | None, SectionKey | None, bool, tuple[SectionKey, ...]]


class Answers:
    """Remembers replies, each together with the assistant that gave it; any thread may use it.

    Replies go with their assistant, so that no reply outlives the revision of the knowledge that it was made of.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: WeakKeyDictionary[Assistant, Cache[_Key, Reply]] = WeakKeyDictionary()
        self._lock = Lock()
        self._working = Lock()

    def reply(self, assistant: Assistant, question: Question) -> Reply:
        """Reply as ``Assistant.ask`` does.

        :raises QuestionError: as ``Assistant.ask`` does.
        """
        text = question.text.strip()
        if len(text) > LONGEST_MESSAGE:
            return assistant.ask(question)
        key = _key(text, question)
        with self._lock:
            kept = self._of(assistant)
            found = kept.get(key)
        if found is None:
            with self._working:
                found = assistant.ask(question)
            if _size(found) <= self._largest:
                with self._lock:
                    kept[key] = found
        return found

    def _of(self, assistant: Assistant) -> Cache[_Key, Reply]:
        kept = self._kept.get(assistant)
        if kept is None:
            pure = assistant.matcher.meaning is None
            kept = (
                LRUCache(self._largest, _size)
                if pure
                else TTLCache(self._largest, SECONDS_WITH_MEANING, getsizeof=_size)
            )
            self._kept[assistant] = kept
        return kept


def _key(text: str, question: Question) -> _Key:
    """Return what a reply depends on: of the text only what ``Reader.read`` sees, of the conversation not its name."""
    asked = (clean(text), question.language, question.public_only)
    before = question.conversation
    if before is None:
        return (*asked, None, None, False, ())
    return (*asked, before.language, before.section, before.clarified, before.offered)


def _size(reply: Reply) -> int:
    return getsizeof(reply.text) + getsizeof(reply.html) + _OVERHEAD
