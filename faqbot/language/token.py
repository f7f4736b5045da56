"""A word of a message, with the keys it is matched by."""

import re
from dataclasses import dataclass

from faqbot.language.fold import fold, tone_last
from faqbot.language.pack import language_packs
from faqbot.language.remember import remembered

_APOSTROPHES = re.compile(r"['\u2019\u02bc]")
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:_[^\W_]+)*")
_NUMBER_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)*)([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it was understood."""

    text: str
    """Lower case, NFC, after decoding and expansion."""
    accented: str
    """Key that keeps diacritics but not the place of the tone mark."""
    stem: str
    """Key without diacritics, and in inflected languages without endings."""
    function_word: bool
    """True for a word of grammar in some language: no evidence of what a message is about."""

    @property
    def unaccented(self) -> bool:
        """Whether the word was typed without any diacritic, so that it may stand for several words."""
        return self.text.isascii()


def words(text: str) -> list[str]:
    """Split cleaned text into lower-case words; ``16GB`` gives ``16`` and ``gb``, ``x86_64`` stays whole."""
    found = _WORD.findall(_APOSTROPHES.sub("", text).lower())
    return [part for word in found for part in (_split_unit(word) if word[0].isdigit() else (word,))]


def _split_unit(word: str) -> tuple[str, ...]:
    match = _NUMBER_WITH_UNIT.fullmatch(word)
    return match.groups() if match else (word,)


@remembered
def token(word: str) -> Token:
    """Make the token of one lower-case word."""
    stem = folded = fold(word)
    for pack in language_packs():
        if pack.rules.stem is not None:
            stem = pack.rules.stem(stem)
    listed = any(word in pack.stop_words for pack in language_packs())
    may_be = word == folded and any(word in pack.folded_stop_words for pack in language_packs())
    return Token(word, tone_last(word), stem, listed or may_be)


def tokens(text: str) -> tuple[Token, ...]:
    """Make the tokens of cleaned text that needs no decoding."""
    return tuple(token(word) for word in words(text))
