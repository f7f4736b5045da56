"""Take an unknown word for the known word it was probably meant to be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faqbot.language.fold import fold
from faqbot.language.pack import language_packs
from faqbot.language.token import Token, token

CORRECTED = 0.8
"""How surely a corrected word is there."""
_SHORTEST = 4
_RAREST = 2
_SHORTEST_FOR_TWO = 7


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was taken for another."""

    typed: str
    meant: str


class Speller:
    """Knows the words of the knowledge, without diacritics, and how often each occurs."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._stems = frozenset(token(word).stem for word in counts)
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._counts:
            by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def correct(self, row: Sequence[Token]) -> tuple[list[Token], list[Correction]]:
        """Replace unknown words that are near a known one; the nearest wins, then the most frequent, then by alphabet.

        Words of four letters or more may be off by one edit (a swap of neighbours is one), of seven or more by two. A
        correctly accented syllable is a word of its own, however unknown, and stays.
        """
        corrected, corrections = [], []
        for word in row:
            meant = self._meant(word)
            corrected.append(token(meant) if meant else word)
            if meant:
                corrections.append(Correction(word.text, meant))
        return corrected, corrections

    def _meant(self, word: Token) -> str | None:
        if word.stem in self._stems or word.function_word:
            return None
        typed = fold(word.text)
        if len(typed) < _SHORTEST or not typed.isalpha():
            return None
        if not word.unaccented and any(_is_native(pack.rules.looks_native, typed) for pack in language_packs()):
            return None
        reach = 2 if len(typed) >= _SHORTEST_FOR_TWO else 1
        near = [
            (distance, -self._counts[found], found)
            for length in range(len(typed) - reach, len(typed) + reach + 1)
            for found, distance, _ in process.extract(
                typed, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=reach, limit=5
            )
            if self._counts[found] >= _RAREST
        ]
        return min(near)[2] if near else None


def _is_native(looks_native: object, typed: str) -> bool:
    return callable(looks_native) and bool(looks_native(typed))
