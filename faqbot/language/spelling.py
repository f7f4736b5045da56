"""Take an unknown word for the known word it was probably meant to be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faqbot.language.fold import fold
from faqbot.language.lexicon import Lexicon
from faqbot.language.pack import language_packs
from faqbot.language.token import token

_SHORTEST = 3
_SHORTEST_FOR_TWO = 7
_RAREST = 2
_LONG = 8
_COST_OF_AN_EDIT = 6.0
_WORTH_OF_A_NEIGHBOUR = 2.0
_MOST_LOOKED_UP = 40


class Speller:
    """Knows the words of the knowledge, without diacritics, how often each occurs, and which stand side by side."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stems = _common_stems().union(token(word).stem for word in lexicon.counts)
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in lexicon.counts:
            if lexicon.count(word) >= _RAREST or len(word) >= _LONG:
                by_length[len(word)].append(word)
        self._by_length = dict(by_length)

    def correct(self, row: Sequence[str]) -> list[str]:
        """Replace words that neither the knowledge nor a language knows by near ones that the knowledge has, folded.

        Words of three letters or more may be off by one edit (a swap of neighbours is one), of seven or more by two. Of
        several known words the one wins that is nearest, frequent, and stands beside the same neighbours in the
        knowledge (a noisy channel with a bigram model: Kernighan, Church and Gale 1990); then the first by alphabet. A
        word that may well be one, since it is very short or a correct syllable, needs such a neighbour.
        Each takes a while: of very many unknown words only the first forty are looked up.
        """
        corrected = list(row)
        unknown = (at for at, word in enumerate(row) if self._is_unknown(word))
        for at in islice(unknown, _MOST_LOOKED_UP):
            word = row[at]
            before = fold(corrected[at - 1]) if at else ""
            after = fold(row[at + 1]) if at + 1 < len(row) else ""
            corrected[at] = self._meant(word, before, after) or word
        return corrected

    def _is_unknown(self, word: str) -> bool:
        folded = fold(word)
        return (
            len(folded) >= _SHORTEST
            and folded.isalpha()
            and token(word).stem not in self._stems
            and not token(word).function_word
        )

    def _meant(self, word: str, before: str, after: str) -> str | None:
        typed = fold(word)
        doubtful = len(typed) == _SHORTEST or _is_syllable(typed)
        best: tuple[float, str] | None = None
        for found, distance in self._near(typed):
            beside = self._lexicon.together(before, found) + self._lexicon.together(found, after)
            if doubtful and not beside:
                continue
            score = (
                log(self._lexicon.count(found)) + _WORTH_OF_A_NEIGHBOUR * log(1 + beside) - _COST_OF_AN_EDIT * distance
            )
            if best is None or (-score, found) < best:
                best = -score, found
        return best[1] if best else None

    def _near(self, typed: str) -> Iterator[tuple[str, int]]:
        reach = 2 if len(typed) >= _SHORTEST_FOR_TWO else 1
        for length in range(len(typed) - reach, len(typed) + reach + 1):
            words = self._by_length.get(length, ())
            for found, distance, _ in process.extract(
                typed, words, scorer=OSA.distance, score_cutoff=reach, limit=None
            ):
                yield found, int(distance)


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(token(word).stem for pack in language_packs() for word in pack.common_words)


def _is_syllable(typed: str) -> bool:
    return any(pack.rules.looks_native is not None and pack.rules.looks_native(typed) for pack in language_packs())
