"""The words that the knowledge uses, and how often each language does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from faqbot.language.fold import fold
from faqbot.language.pack import LANGUAGES


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of a body of text."""

    written: frozenset[str]
    """Words as they are written, in lower case."""
    counts: dict[str, dict[str, int]]
    """How often each folded word stands in the texts of each language."""
    following: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each folded word follows another, by that other one."""

    def count(self, folded: str) -> int:
        """Return how often the word stands in all texts."""
        return sum(self.counts.get(folded, {}).values())

    def together(self, first: str, second: str) -> int:
        """Return how often the second folded word follows the first."""
        return self.following.get(first, {}).get(second, 0)

    def share(self, folded: str, language: str) -> float | None:
        """Return how much of the word's use is in that language, 0 to 1, or None for an unknown word."""
        per_language = self.counts.get(folded)
        if per_language is None:
            return None
        total = sum(count + 0.5 for count in per_language.values())
        return (per_language[language] + 0.5) / total


EMPTY = Lexicon(frozenset(), {})


def count_words(rows: Iterable[tuple[str, Sequence[str]]]) -> Lexicon:
    """Count the words of (language, lower-case words) pairs."""
    written: set[str] = set()
    uses: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    following: dict[str, dict[str, int]] = {}
    for language, row in rows:
        folded = [fold(word) for word in row]
        written.update(row)
        uses[language].update(folded)
        for first, second in pairwise(folded):
            after = following.setdefault(first, {})
            after[second] = after.get(second, 0) + 1
    counts = {word: {code: used[word] for code, used in uses.items()} for word in chain.from_iterable(uses.values())}
    return Lexicon(frozenset(written), counts, following)
