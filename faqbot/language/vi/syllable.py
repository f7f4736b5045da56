"""What a Vietnamese syllable is: onset, rime and tone.

The tables follow the usual description of Vietnamese orthography (Đoàn Thiện Thuật, "Ngữ âm tiếng Việt").
"""

import unicodedata

from faqbot.language.fold import fold
from faqbot.language.remember import remembered

TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Telex letter of each tone, and the combining mark it stands for."""

_ONSET_LIST = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"
_RIME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê
êch êm ên ênh êng êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa
oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông
ôp ôt ơ ơi ơm ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uơ uy
uya uych uyên uyêt uynh uyt uyu uyp ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng
yêt yêu
"""
_AFTER_QU_LIST = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt êu ôc i ich in
inh it o ơ y ych yên yêt ynh yt
"""
_ONSETS = (*_ONSET_LIST.split(), "")
"""Longer ones first, so that a longer one is tried before what it begins with."""
_RIMES = frozenset(_RIME_LIST.split())
_AFTER_QU = frozenset(_AFTER_QU_LIST.split())
_STOPS = ("c", "ch", "p", "t")
_MARKED_VOWELS = "ăâêôơư"
_VOWELS = "aeiouy" + _MARKED_VOWELS
_GLIDES = ("oa", "oe", "uy")
_FOLDED_RIMES = frozenset(fold(rime) for rime in _RIMES)
_FOLDED_AFTER_QU = frozenset(fold(rime) for rime in _AFTER_QU)


def is_syllable(toneless: str, tone: str = "") -> bool:
    """Tell whether the letters, with their vowel marks, and the tone make a possible syllable."""
    if tone not in ("", "s", "j") and toneless.endswith(_STOPS):
        return False
    return _split(toneless) is not None


@remembered
def looks_vietnamese(folded: str) -> bool:
    """Tell whether a word without diacritics has the shape of a Vietnamese syllable."""
    return any(
        folded[len(onset) :] in (_FOLDED_AFTER_QU if onset == "qu" else _FOLDED_RIMES)
        for onset in _ONSETS
        if onset != "đ" and folded.startswith(onset)
    )


def place_tone(toneless: str, tone: str) -> str:
    """Write the tone on its vowel, in the newer spelling (``hoà``, ``thuý``).

    :raises ValueError: if the letters are no syllable, so that there is no vowel to carry the tone.
    """
    parts = _split(toneless)
    if parts is None:
        raise ValueError(f"{toneless!r} is not a Vietnamese syllable")
    if not tone:
        return toneless
    onset, rime = parts
    at = len(onset) + _tone_position(rime)
    return unicodedata.normalize("NFC", toneless[: at + 1] + TONES[tone] + toneless[at + 1 :])


def _split(toneless: str) -> tuple[str, str] | None:
    for onset in _ONSETS:
        rime = toneless[len(onset) :]
        if toneless.startswith(onset) and rime in (_AFTER_QU if onset == "qu" else _RIMES):
            return onset, rime
    return None


def _tone_position(rime: str) -> int:
    marked = [index for index, char in enumerate(rime) if char in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    vowels = [index for index, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    closed = len(vowels) < len(rime)
    return vowels[1] if len(vowels) == 3 or closed or rime in _GLIDES else vowels[0]
