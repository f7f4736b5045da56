"""Remember what was found out about words, within bounds."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_Found = TypeVar("_Found")

_MOST = 65_536
_LONGEST = 100
"""In characters: what is longer is no word, and must not fill the memory."""


def remembered(find: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """Keep the results of a function for the 65,536 words that it was asked for last, but for very long ones."""
    kept = lru_cache(maxsize=_MOST)(find)

    @wraps(find)
    def look_up(word: str) -> _Found:
        return kept(word) if len(word) <= _LONGEST else find(word)

    return look_up
