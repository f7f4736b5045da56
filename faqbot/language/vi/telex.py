"""Telex keystrokes that reached us raw, because the typist's input method was off."""

import re

from faqbot.language.vi.syllable import is_syllable, place_tone

_FIRST_VOWEL = re.compile(r"[aeiouyw]")
_TONE_KEYS = "fsrxj"
_HORNS = (("uo", "ươ"), ("oa", "oă"), ("ua", "ưa"), ("o", "ơ"), ("u", "ư"), ("a", "ă"))
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}


def decode(keys: str) -> str | None:
    """Return the Vietnamese syllable that the lower-case keys type, or None if they type none.

    The keys of a tone (f s r x j), of a horn or breve (w), of a circumflex (the vowel again) and of đ (d again)
    may come where the mark belongs or at any later place, as input methods allow. None also when the keys hold no
    mark at all: there is nothing to decode then.
    """
    if not (keys.isascii() and keys.isalpha()):
        return None
    first = _FIRST_VOWEL.search(keys)
    if first is None:
        return None
    onset, rest = keys[: first.start()], keys[first.start() :]
    tones = [char for char in rest if char in _TONE_KEYS]
    if len(tones) > 1:
        return None
    tone = "".join(tones)
    rest = "".join(char for char in rest if char not in _TONE_KEYS)
    onset, rest = _take_stroke(onset, rest)
    for letters in _marked_vowels(onset, rest):
        toneless = onset + letters
        if (toneless != keys or tone) and is_syllable(toneless, tone):
            return place_tone(toneless, tone)
    return None


def _take_stroke(onset: str, rest: str) -> tuple[str, str]:
    if onset == "dd":
        return "đ", rest
    if onset == "d" and "d" in rest:
        return "đ", rest.replace("d", "", 1)
    return onset, rest


def _marked_vowels(onset: str, rest: str) -> list[str]:
    """All readings of the vowel keys, the likeliest first."""
    hooks = rest.count("w")
    rest = _circumflex(rest)
    if not hooks:
        return [rest]
    bare = rest.replace("w", "")
    if rest.startswith("w"):
        return ["ư" + bare]
    readings = [bare.replace(plain, hooked, 1) for plain, hooked in _HORNS if plain in bare]
    return [reading for reading in readings if not (onset == "q" and reading.startswith("ư"))]


def _circumflex(rest: str) -> str:
    """A second a, e or o puts a circumflex on the first one, wherever it is typed."""
    for vowel, marked in _CIRCUMFLEX.items():
        if rest.count(vowel) == 2:
            head, tail = rest.split(vowel, 1)
            return head + marked + tail.replace(vowel, "", 1)
    return rest
