"""Make any text safe to handle, without changing what it says."""

import re
import unicodedata

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Compose to NFC, put a space for control characters, lone surrogates and invisible marks, and join white space.

    Cleaning twice changes nothing. The result may be empty.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and "  " not in text:
        return text.strip()
    visible = _UNPRINTABLE.sub(" ", text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()
