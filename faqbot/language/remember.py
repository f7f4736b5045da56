"""Remember what was found out about words, within bounds."""

from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")

_MOST = 65_536
_LONGEST = 100
"""In characters: what is longer is no word, and must not fill the memory."""


class _Remembered(dict[str, _Found]):
    """Results by word. A word that is there costs no call of a Python function."""

    def __init__(self, find: Callable[[str], _Found]) -> None:
        self._find = find

    def __missing__(self, word: str) -> _Found:
        found = self._find(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = found
        return found


def remembered(find: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """Keep the results of a function for up to 65,536 words, and then begin anew; but none for very long ones."""
    return _Remembered(find).__getitem__
