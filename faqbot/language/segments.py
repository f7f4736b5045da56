"""The parts of a message, each of which may ask something of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from faqbot.language.fold import fold
from faqbot.language.pack import language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.token import tokens

_SENTENCE_END = re.compile(r"(?<=[.?!…;])\s+|\s*\n+\s*")
_MOST = 12


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
    found = [Segment(part, asks(part)) for part in parts if part]
    if len(found) > _MOST:
        found = [segment for segment in found if segment.asks] or found
    return found[:_MOST]


def asks(text: str) -> bool:
    """Tell whether a text has the form of a question: by its mark, or by a word that questions have."""
    return text.endswith("?") or next(_question_words().all_in(tokens(text)), None) is not None


def _questions(sentence: str) -> Iterator[str]:
    """Cut at a comma or a joining word where both sides ask."""
    for cut in _joiner().finditer(sentence):
        left, right = sentence[: cut.start()].strip(), sentence[cut.end() :].strip()
        if left and right and asks(left) and asks(right):
            yield left
            yield from _questions(right)
            return
    yield sentence


@cache
def _joiner() -> re.Pattern[str]:
    words = {spelt for pack in language_packs() for word in pack.joiners for spelt in (word, fold(word))}
    either = "|".join(sorted(words))
    return re.compile(rf",\s*(?:(?:{either})\s+)?|\s+(?:{either})\s+", re.IGNORECASE)


@cache
def _question_words() -> PhraseTable[str]:
    words = {word for pack in language_packs() for word in pack.question_words}
    plain = PhraseTable((word, word) for word in words)
    meanings = [each for pack in language_packs() for each in pack.shorthand.items()]
    short = {word for word, meaning in meanings if next(plain.all_in(tokens(meaning)), None) is not None}
    return PhraseTable((word, word) for word in sorted(words | short))
