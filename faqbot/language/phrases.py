"""Find known phrases in a row of tokens, whether or not they were typed with diacritics."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from faqbot.language.token import Token, tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PhraseFound(Generic[T]):
    """A phrase that was found: it covers the tokens from ``start`` up to but not including ``end``."""

    start: int
    end: int
    value: T


class _Node(Generic[T]):
    """A place in the tree of phrases, reached by the stems so far."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.ends: list[tuple[tuple[Token, ...], T]] = []


class PhraseTable(Generic[T]):
    """Phrases, each with a value. A typed word with diacritics must agree with the phrase's; one without fits all."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            parts = tokens(phrase)
            node = self._root
            for part in parts:
                node = node.next.setdefault(part.stem, _Node())
            if parts:
                node.ends.append((parts, value))

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "PhraseTable[str]":
        """Make a table of phrases that stand for themselves."""
        return PhraseTable((phrase, phrase) for phrase in phrases)

    def at(self, row: Sequence[Token], start: int) -> PhraseFound[T] | None:
        """Return the longest phrase that begins at ``start``; of equally long ones the first that was given."""
        node = self._root
        longest: PhraseFound[T] | None = None
        for end in range(start, len(row)):
            following = node.next.get(row[end].stem)
            if following is None:
                break
            node = following
            for parts, value in node.ends:
                if all(map(fits, row[start : end + 1], parts)):
                    longest = PhraseFound(start, end + 1, value)
                    break
        return longest

    def all_in(self, row: Sequence[Token]) -> Iterator[PhraseFound[T]]:
        """Yield phrases from left to right, the longest at each place, none overlapping another."""
        start = 0
        while start < len(row):
            found = self.at(row, start) if row[start].stem in self._root.next else None
            if found:
                yield found
            start = found.end if found else start + 1

    def whole(self, row: Sequence[Token]) -> T | None:
        """Return the value of the phrase that the row is, word for word, or None."""
        found = self.at(row, 0) if row else None
        return found.value if found and found.end == len(row) else None


def fits(typed: Token, meant: Token) -> bool:
    """Tell whether a typed word can be the word that is meant."""
    return typed.accented == meant.accented or (typed.stem == meant.stem and (typed.unaccented or meant.unaccented))
