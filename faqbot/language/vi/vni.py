"""VNI keystrokes that reached us raw: a digit behind the letters for each mark."""

import re

from faqbot.language.vi.syllable import is_syllable, place_tone

_SHAPE = re.compile(r"[a-z]+(?:\d[a-z]*)+")
_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_MARKS = {
    "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
    "7": (("uo", "ươ"), ("o", "ơ"), ("u", "ư")),
    "8": (("a", "ă"),),
}


def decode(keys: str) -> str | None:
    """Return the Vietnamese syllable that the lower-case keys type, or None if they type none.

    Digits may follow their letter at once or come at the end of the syllable, in any order.
    """
    if not _SHAPE.fullmatch(keys):
        return None
    letters = "".join(char for char in keys if char.isalpha())
    digits = [char for char in keys if char.isdigit()]
    tones = [_TONES[digit] for digit in digits if digit in _TONES]
    tone = tones[-1] if tones else ""
    for digit in dict.fromkeys(digits):
        if digit == "9":
            letters = letters.replace("d", "đ", 1)
        elif digit in _MARKS:
            letters = _mark(letters, digit)
        elif digit not in _TONES:
            return None
    return place_tone(letters, tone) if is_syllable(letters, tone) else None


def _mark(letters: str, digit: str) -> str:
    for plain, marked in _MARKS[digit]:
        if plain in letters:
            return letters.replace(plain, marked, 1)
    return letters
