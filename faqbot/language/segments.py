"""The parts of a message, each of which may ask something of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from faqbot.language.fold import fold
from faqbot.language.pack import language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.token import Token, tokens

_SENTENCE_END = re.compile(r"(?<=[.?!…;])\s+|(?<!\s)\s*\n\s*")
_MOST = 12
_WORDS_OF_A_PHRASE = 8
"""More than any phrase has that makes a question."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or one of two questions in a sentence."""

    text: str
    asks: bool
    """Whether it has the form of a question."""


def segments(text: str) -> list[Segment]:
    """Cut a message into its sentences, and a sentence between two questions.

    Of a very long message the first twelve segments that ask are kept, or the first twelve if none does.
    """
    parts = (part for sentence in _SENTENCE_END.split(text) for part in _questions(sentence.strip()))
    found: list[Segment] = []
    asking: list[Segment] = []
    for part in filter(None, parts):
        found.append(Segment(part, asks(part)))
        if found[-1].asks:
            asking.append(found[-1])
        if len(asking) == _MOST:
            return asking
    return (asking or found)[:_MOST] if len(found) > _MOST else found


def asks(text: str) -> bool:
    """Tell whether a text has the form of a question: by its mark, or by a word that questions have."""
    return text.endswith("?") or _asks_in_words(tokens(text))


def _asks_in_words(row: Sequence[Token]) -> bool:
    return next(_question_words().all_in(row), None) is not None


def _questions(sentence: str) -> Iterator[str]:
    """Cut at a comma or a joining word where both sides ask. Every word of the left side is read once."""
    begin = read = 0
    words: tuple[Token, ...] = ()
    has_asked = False
    for cut in _joiner().finditer(sentence):
        words = (*words[-_WORDS_OF_A_PHRASE:], *tokens(sentence[read : cut.start()]))
        has_asked = has_asked or _asks_in_words(words)
        read = cut.start()
        if not has_asked and not _ends_with_a_mark(sentence, begin, cut.start()):
            continue
        left, right = sentence[begin : cut.start()].strip(), sentence[cut.end() :].strip()
        if not left or not right:
            continue
        if not asks(right):
            break
        yield left
        begin = read = cut.end()
        words, has_asked = (), False
    yield sentence[begin:].strip()


def _ends_with_a_mark(sentence: str, begin: int, end: int) -> bool:
    """Tell whether a part ends with a question mark, without a copy of it."""
    while end > begin and sentence[end - 1].isspace():
        end -= 1
    return end > begin and sentence[end - 1] == "?"


@cache
def _joiner() -> re.Pattern[str]:
    words = {spelt for pack in language_packs() for word in pack.joiners for spelt in (word, fold(word))}
    either = "|".join(sorted(words))
    return re.compile(rf",\s*(?:(?:{either})\s+)?|(?<!\s)\s+(?:{either})\s+", re.IGNORECASE)


@cache
def _question_words() -> PhraseTable[str]:
    words = {word for pack in language_packs() for word in pack.question_words}
    plain = PhraseTable((word, word) for word in words)
    meanings = [each for pack in language_packs() for each in pack.shorthand.items()]
    short = {word for word, meaning in meanings if next(plain.all_in(tokens(meaning)), None) is not None}
    return PhraseTable((word, word) for word in sorted(words | short))
