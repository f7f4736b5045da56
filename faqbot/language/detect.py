"""Tell which language a short message is in."""

from collections.abc import Sequence
from math import fsum

from faqbot.language.fold import fold
from faqbot.language.lexicon import Lexicon
from faqbot.language.pack import LanguagePack, language_packs

_LETTER = 3.0
_COMMON_WORD = 1.5
_SHAPE = 0.6
_EVEN = 0.1
"""By how much a language's share in a word's use may be off one half, and the word still be of both languages."""


def detect(row: Sequence[str], lexicon: Lexicon) -> str | None:
    """Return the language that most of the lower-case words speak for, or None if nothing does.

    Letters that one language alone has weigh most, then its function words and shorthand, then how the knowledge
    uses a word, then a word's mere shape. Technical words that both languages use speak for neither,
    and numbers for none.
    """
    scores = {pack.code: fsum(_evidence(word, pack, lexicon) for word in row) for pack in language_packs()}
    best, second = sorted(scores.values(), reverse=True)[:2]
    return max(scores, key=lambda code: scores[code]) if best > second else None


def _evidence(word: str, pack: LanguagePack, lexicon: Lexicon) -> float:
    folded = fold(word)
    score = 0.0
    if word != folded and any(char in pack.rules.letters for char in word):
        score += _LETTER
    if word in pack.stop_words or word in pack.shorthand or folded in pack.folded_stop_words:
        score += _COMMON_WORD
    share = lexicon.share(folded, pack.code)
    if share is not None and any(map(str.isalpha, word)):
        return score + (2 * share - 1 if abs(share - 0.5) > _EVEN else 0.0)
    native = pack.rules.looks_native
    if native is not None and word.isalpha() and len(word) > 1:
        score += _SHAPE if native(folded) else -_SHAPE
    return score
