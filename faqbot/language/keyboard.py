"""Undo what a keyboard did to a message: input-method keys that came through raw, and missing spaces."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from faqbot.language.fold import fold
from faqbot.language.lexicon import Lexicon
from faqbot.language.pack import language_packs

_RAW_WORDS_TO_BELIEVE = 2
_SHORTEST_JOINED = 5
_LONGEST_JOINED = 64


def decode(row: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Decode raw Telex and VNI, word by word, where the result is Vietnamese.

    A word that the lexicon has, or whose letters it has, stays; one that only makes sense decoded is decoded. Once two
    words of a message were raw for certain, the whole message was typed that way, and readings that make a word of the
    lexicon win even over a word that looks familiar.
    """
    readings = [_reading(word) for word in row]
    certain = [_is_certain(word, reading, lexicon) for word, reading in zip(row, readings, strict=True)]
    believed = sum(certain) >= _RAW_WORDS_TO_BELIEVE
    return [
        reading if reading and (sure or (believed and reading in lexicon.written)) else word
        for word, reading, sure in zip(row, readings, certain, strict=True)
    ]


@lru_cache(maxsize=16_384)
def _reading(word: str) -> str | None:
    for pack in language_packs():
        for decoder in pack.rules.decoders:
            reading = decoder(word)
            if reading is not None:
                return reading
    return None


def _is_certain(word: str, reading: str | None, lexicon: Lexicon) -> bool:
    if reading is None or fold(word) in lexicon.counts or _is_common(word):
        return False
    return (
        reading in lexicon.written or _is_common(reading) or (not _is_shorthand(word) and len(word) > len(reading) + 1)
    )


def _is_common(word: str) -> bool:
    return any(word in pack.stop_words for pack in language_packs())


def _is_shorthand(word: str) -> bool:
    return any(word in pack.shorthand for pack in language_packs())


def split_joined(word: str, lexicon: Lexicon) -> list[str]:
    """Split an unknown word that known words make which stand side by side, such as ``maychu``; else return it alone.

    Two or three words may be joined. The split with the fewest parts wins, then the most frequent, then the first by
    alphabet.
    """
    if not _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED or not word.isalpha():
        return [word]
    if fold(word) in lexicon.counts or _is_everyday(word):
        return [word]
    splits = [parts for parts in _splits(word, lexicon, 3) if len(parts) > 1]
    return min(splits, key=lambda parts: (len(parts), -_frequency(parts, lexicon), parts)) if splits else [word]


def _is_everyday(word: str) -> bool:
    return any(word in pack.common_words for pack in language_packs())


def _splits(word: str, lexicon: Lexicon, most: int) -> Iterator[list[str]]:
    if _is_known(word, lexicon):
        yield [word]
    if most == 1:
        return
    for at in range(2, len(word) - 1):
        if _is_known(word[:at], lexicon):
            for rest in _splits(word[at:], lexicon, most - 1):
                if lexicon.together(fold(word[:at]), fold(rest[0])):
                    yield [word[:at], *rest]


def _is_known(part: str, lexicon: Lexicon) -> bool:
    return part in lexicon.written or (part.isascii() and fold(part) in lexicon.counts)


def _frequency(parts: Sequence[str], lexicon: Lexicon) -> int:
    return min(lexicon.together(fold(first), fold(second)) for first, second in pairwise(parts))
