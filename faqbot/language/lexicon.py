"""The words that the knowledge uses, and how often each language does."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from faqbot.language.clean import clean
from faqbot.language.fold import fold
from faqbot.language.pack import LANGUAGES
from faqbot.language.token import words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of a body of text."""

    written: frozenset[str]
    """Words as they are written, in lower case."""
    counts: dict[str, dict[str, int]]
    """How often each folded word stands in the texts of each language."""

    def share(self, folded: str, language: str) -> float | None:
        """Return how much of the word's use is in that language, 0 to 1, or None for an unknown word."""
        per_language = self.counts.get(folded)
        if per_language is None:
            return None
        total = sum(count + 0.5 for count in per_language.values())
        return (per_language[language] + 0.5) / total


EMPTY = Lexicon(frozenset(), {})


def build_lexicon(texts: Iterable[tuple[str, str]]) -> Lexicon:
    """Count the words of (language, text) pairs."""
    counts: Counter[tuple[str, str]] = Counter()
    for language, text in texts:
        counts.update((language, word) for word in words(clean(text)))
    folded: dict[str, dict[str, int]] = {}
    for (language, word), count in counts.items():
        folded.setdefault(fold(word), dict.fromkeys(LANGUAGES, 0))[language] += count
    return Lexicon(frozenset(word for _, word in counts), folded)
