"""Two keys for a word: one without any diacritics, one that does not care where the tone mark sits."""

import unicodedata

from faqbot.language.remember import remembered

_TONE_MARKS = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


@remembered
def fold(text: str) -> str:
    """Lower case, compatibility forms unified, every diacritic gone: ``Ưu điểm`` becomes ``uu diem``.

    Folding twice changes nothing.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("đ", "d").casefold()


@remembered
def split_tone(word: str) -> tuple[str, str]:
    """Return the lower-case word without its tone mark, and the tone as its Telex letter ("" for none).

    Vowel marks (â, ơ, đ …) stay where they are.
    """
    tone = ""
    letters = []
    for char in unicodedata.normalize("NFD", word.casefold()):
        if char in _TONE_MARKS:
            tone = _TONE_MARKS[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def tone_last(word: str) -> str:
    """Move the tone behind the word, so that ``hoà`` and ``hòa`` are both ``hoa`f``; lower case otherwise."""
    letters, tone = split_tone(word)
    return f"{letters}`{tone}" if tone else letters
