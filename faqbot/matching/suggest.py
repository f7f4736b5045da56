"""Stored questions for what somebody has typed so far."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from faqbot.knowledge.model import KnowledgeBase, SectionKey, StoredQuestion
from faqbot.language.clean import clean
from faqbot.language.fold import fold
from faqbot.language.keyboard import decode
from faqbot.language.lexicon import EMPTY
from faqbot.language.pack import language_packs
from faqbot.language.token import words
from faqbot.matching.counts import count_features
from faqbot.matching.postings import Scores

MOST_SUGGESTIONS = 5
LONGEST_TYPED = 200
"""In characters; what is typed beyond them changes no suggestion."""
_CANDIDATES = 64
"""How many of the questions that share the most with what is typed are compared with it letter by letter."""
_LEAST_SHARED = 0.6
"""Of the rarity of the typed words, the share that a question must hold."""
_LEAST_ALIKE = 72.0
"""Similarity, 0 to 100, from which an unknown word counts as a known one mistyped: one letter of four."""
_NEAR_THE_BEST = 0.8
"""How good, beside the best, a suggestion must be to come first only because its section is a new one."""
_LONG = 100
"""Characters of a question that nobody would pick from a list."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A stored question that somebody may be about to ask."""

    text: str
    """As the knowledge has it."""
    key: SectionKey
    """The section that answers it."""
    language: str


class Suggester:
    """Completes questions from one knowledge base. Diacritics, capitals and small mistakes make no difference."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        sections = {str(section.key): section.key for section in knowledge.sections}
        asked = [each for each in knowledge.questions if each.owner in sections and not each.follow_up]
        kept = _without_repeats(asked, sections)
        self._suggested, self._texts = list(kept.values()), list(kept)
        rows = [text.split() for text in self._texts]
        self._languages = np.array([each.language for each in self._suggested])
        counts = count_features(enumerate(rows), len(rows))
        self._vocabulary = sorted(counts.rows)
        place = np.zeros(len(counts.rows), dtype=np.int64)
        place[[counts.rows[word] for word in self._vocabulary]] = np.arange(len(self._vocabulary))
        order = np.argsort(place[counts.entry_rows], kind="stable")
        self._units = counts.entry_units[order].astype(np.int32)
        self._starts = np.searchsorted(place[counts.entry_rows][order], np.arange(len(self._vocabulary) + 1))
        self._first = _first_questions(knowledge, self._suggested)

    def suggest(self, typed: str, language: str | None = None) -> list[Suggested]:
        """Return up to five questions, the best first; those of different sections before several of one.

        Before anything is typed, these are questions to start with: the first of each of the first sections.

        :param language: Questions in it come first, and alone before anything is typed; None: all are alike.
        """
        row = self._read(typed)
        if not row:
            return [each for each in self._first if language in (None, each.language)][:MOST_SUGGESTIONS]
        shared = self._shared(row)
        found = np.flatnonzero(shared >= _LEAST_SHARED)
        if len(found) > _CANDIDATES:
            found = found[np.argsort(-shared[found], kind="stable")[:_CANDIDATES]]
        scores = self._scores(" ".join(row), found, shared[found], language)
        order = sorted(range(len(found)), key=lambda at: (-scores[at], len(self._texts[found[at]]), found[at]))
        return _varied([(self._suggested[found[at]], scores[at]) for at in order])

    def _read(self, typed: str) -> list[str]:
        row = words(clean(typed[:LONGEST_TYPED]))
        if any(self._row(fold(word)) is None for word in row):
            row = [part for word in decode(row, EMPTY) for part in self._expanded(word)]
        return [fold(word) for word in row]

    def _expanded(self, word: str) -> list[str]:
        """Return what a word of chat shorthand stands for, unless it is a stored word or the beginning of one."""
        at = bisect_left(self._vocabulary, fold(word))
        if at == len(self._vocabulary) or not self._vocabulary[at].startswith(fold(word)):
            for pack in language_packs():
                if word in pack.shorthand:
                    return words(pack.shorthand[word])
        return [word]

    def _shared(self, row: Sequence[str]) -> Scores:
        """Return for each question how much of the typed words it holds, 0 to 1; the last may be unfinished."""
        total, possible = np.zeros(len(self._texts)), 0.0
        for at, word in enumerate(row):
            held = self._held(word, unfinished=at == len(row) - 1)
            rarity = float(np.log1p(len(self._texts) / (1 + np.count_nonzero(held))))
            total += rarity * held
            possible += rarity
        return total / possible

    def _held(self, word: str, *, unfinished: bool) -> Scores:
        """Return for each question how surely it holds the word, 0 to 1."""
        held = np.zeros(len(self._texts))
        at = bisect_left(self._vocabulary, word)
        end = bisect_left(self._vocabulary, word + _LAST) if unfinished else at + (self._row(word) is not None)
        held[self._units[self._starts[at] : self._starts[end]]] = 0.9 if unfinished else 1.0
        if end == at:
            for _, alike, number in process.extract(
                word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, limit=4
            )[::-1]:
                held[self._of(number)] = alike / 100
        elif (exact := self._row(word)) is not None:
            held[self._of(exact)] = 1.0
        return held

    def _row(self, word: str) -> int | None:
        at = bisect_left(self._vocabulary, word)
        return at if at < len(self._vocabulary) and self._vocabulary[at] == word else None

    def _of(self, number: int) -> NDArray[np.int32]:
        return self._units[self._starts[number] : self._starts[number + 1]]

    def _scores(self, typed: str, found: NDArray[np.int64], shared: Scores, language: str | None) -> list[float]:
        """Weigh what is shared, the likeness of the letters, the same beginning, the language, and brevity."""
        texts = [self._texts[at] for at in found]
        alike = [fuzz.partial_ratio(typed, text) / 100 for text in texts]
        begins = [text.startswith(typed) for text in texts]
        native = self._languages[found] == language
        return [
            float(share + likeness + 0.3 * begin + 0.3 * own - min(len(text), _LONG) / _LONG / 2)
            for share, likeness, begin, own, text in zip(shared, alike, begins, native, texts, strict=True)
        ]


def _without_repeats(asked: Iterable[StoredQuestion], sections: dict[str, SectionKey]) -> dict[str, Suggested]:
    """Return questions by their folded words: of those that share them, the first that has the most diacritics."""
    kept: dict[str, Suggested] = {}
    for question in asked:
        key = " ".join(fold(word) for word in words(clean(question.text)))
        found = Suggested(question.text, sections[question.owner], question.language)
        if key and (key not in kept or _marks(found.text) > _marks(kept[key].text)):
            kept[key] = found
    return kept


def _marks(text: str) -> int:
    return sum(not char.isascii() for char in text)


def _first_questions(knowledge: KnowledgeBase, suggested: Iterable[Suggested]) -> list[Suggested]:
    """Return the first question of each section in each language; every document's first section, then its second …"""
    places = {key: at for document in knowledge.documents for at, key in enumerate(document.sections)}
    first: dict[tuple[SectionKey, str], Suggested] = {}
    for each in suggested:
        first.setdefault((each.key, each.language), each)
    return sorted(first.values(), key=lambda each: places.get(each.key, 0))


def _varied(ranked: Sequence[tuple[Suggested, float]]) -> list[Suggested]:
    """Return the best, a section's second question only behind the other sections that are nearly as good."""
    seen: set[SectionKey] = set()
    leading: list[Suggested] = []
    rest: list[Suggested] = []
    for each, score in ranked:
        new = each.key not in seen and score >= _NEAR_THE_BEST * ranked[0][1]
        (leading if new else rest).append(each)
        seen.add(each.key)
    return [*leading, *rest][:MOST_SUGGESTIONS]
