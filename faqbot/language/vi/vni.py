"""VNI keystrokes that reached us raw: a digit behind the letters for each mark."""

import re

from faqbot.language.vi.syllable import is_syllable, place_tone

_SHAPE = re.compile(r"[a-z]+(?:\d[a-z]*)+")
_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_MARKS = {
    "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
    "7": (("uo", "ươ"), ("o", "ơ"), ("u", "ư")),
    "8": (("a", "ă"),),
    "9": (("d", "đ"),),
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
    readings = [letters]
    for digit in dict.fromkeys(digits):
        if digit not in _TONES:
            readings = [marked for reading in readings for marked in _marked(reading, digit)]
    syllables = (place_tone(reading, tone) for reading in readings if is_syllable(reading, tone))
    return next(syllables, None)


def _marked(letters: str, digit: str) -> list[str]:
    """All readings of a mark, the likeliest first; none if no letter can take it or the digit is no mark."""
    return [letters.replace(plain, marked, 1) for plain, marked in _MARKS.get(digit, ()) if plain in letters]
