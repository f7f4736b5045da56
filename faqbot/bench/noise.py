"""What keyboards make of a clean question."""

import random
import re
import unicodedata

from faqbot.language.fold import fold
from faqbot.language.vi.syllable import TONES

_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopasdfghjklzxcvbnmn", strict=True))
_TONE_KEYS = {mark: key for key, mark in TONES.items()}
_WORD = re.compile(r"[^\W\d_]+")
_HOOKS = ("\u031b", "\u0306")


def without_diacritics(text: str) -> str:
    """Return the text as somebody types it who never uses diacritics."""
    return fold(text)


def raw_telex(text: str) -> str:
    """Return the keys that type the text in Telex, each mark behind its letter and each tone behind its word."""
    return _WORD.sub(lambda found: _telex_word(found[0]), unicodedata.normalize("NFC", text))


def _telex_word(word: str) -> str:
    keys, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONE_KEYS:
            tone = _TONE_KEYS[char]
        elif char == "\u0302":
            keys += keys[-1]
        elif char in _HOOKS:
            keys += "w"
        else:
            keys += {"đ": "dd", "Đ": "DD"}.get(char, char)
    return keys + tone


def typos(text: str, count: int) -> str:
    """Swap, drop, double or miss letters inside words, as often as told; the same text always gets the same typos."""
    generator = random.Random(f"{count} {text}".encode(errors="surrogatepass"))
    letters = list(text)
    for _ in range(count):
        inside = [at for at in range(1, len(letters) - 1) if "".join(letters[at - 1 : at + 2]).isalpha()]
        if inside:
            at = generator.choice(inside)
            letters[at : at + 2] = _mistyped(letters[at], letters[at + 1], generator)
    return "".join(letters)


def _mistyped(letter: str, following: str, generator: random.Random) -> list[str]:
    neighbour = _NEIGHBOURS.get(fold(letter), letter)
    return generator.choice([[following, letter], [following], [letter, letter, following], [neighbour, following]])
