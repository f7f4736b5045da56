"""Type Vietnamese words as Telex and VNI keystrokes: the way back from what faqbot.language.vi decodes."""

from faqbot.language.fold import split_tone

_TELEX_MARKS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_MARKS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_VNI_TONES = {"": "", "s": "1", "f": "2", "r": "3", "x": "4", "j": "5"}


def telex(word: str, *, marks_last: bool = False, one_hook: bool = False) -> str:
    """Return the Telex keys of a word, the tone at the end.

    :param marks_last: type the marks behind the letters (``vieetj`` becomes ``vietej``).
    :param one_hook: type ``ươ`` with one w (``uow``) rather than with two (``uwow``).
    """
    toneless, tone = split_tone(word)
    return _type(toneless, _TELEX_MARKS, marks_last, one_hook) + tone


def vni(word: str, *, marks_last: bool = False, one_hook: bool = False) -> str:
    """Return the VNI keys of a word, the tone at the end; the options are those of ``telex``."""
    toneless, tone = split_tone(word)
    return _type(toneless, _VNI_MARKS, marks_last, one_hook) + _VNI_TONES[tone]


def _type(toneless: str, marks: dict[str, str], marks_last: bool, one_hook: bool) -> str:
    if one_hook:
        toneless = toneless.replace("ươ", "uơ")
    keys = [marks.get(char, char) for char in toneless]
    if marks_last:
        return "".join(key[0] for key in keys) + "".join(key[1:] for key in keys)
    return "".join(keys)
