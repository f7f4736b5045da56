"""Whole texts as evidence: how much of a message's wording a section accounts for, and how typical it is of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from faqbot.matching.postings import Features, Postings, Scores, from_weights

_SATURATION = 1.2
_LENGTH_PENALTY = 0.75
_TRUST = 0.7
_DISCOUNT = 0.5


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Texts as bags of features, several per owner allowed."""

    postings: Postings
    owner_rows: tuple[int, ...]
    owner_count: int

    def coverage(self, features: Features) -> Scores:
        """Return for each owner the BM25 score of its best text as a share of the highest one possible, 0 to 1.

        Features that no text holds count towards the highest possible: they are not accounted for.
        """
        possible = sum(sure * self.postings.rarity_of(feature) for feature, sure in features.items())
        everyone = np.zeros(self.owner_count)
        if possible > 0:
            scores = self.postings.total(features) / (possible * (_SATURATION + 1))
            np.maximum.at(everyone, np.array(self.owner_rows), scores)
        return everyone


def build_bm25(texts: Sequence[tuple[int, Sequence[str]]], owner_count: int) -> TextIndex:
    """Index (owner row, features) pairs by BM25 (Robertson and Zaragoza 2009), k1 = 1.2 and b = 0.75."""
    mean = float(np.mean([len(features) for _, features in texts])) or 1.0
    entries: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, features) in enumerate(texts):
        norm = _SATURATION * (1 - _LENGTH_PENALTY + _LENGTH_PENALTY * len(features) / mean)
        for feature, count in Counter(features).items():
            entries[feature].append((number, count * (_SATURATION + 1) / (count + norm)))
    return TextIndex(from_weights(entries, len(texts)), tuple(row for row, _ in texts), owner_count)


def build_profiles(units: Sequence[tuple[int, Sequence[str]]], owner_count: int) -> Postings:
    """Weigh features by how much more often an owner's units hold them than all units do.

    A weight is the logarithm of the ratio that a mixed language model gives (Jelinek and Mercer 1980; Zhai and Lafferty
    2004), trusting the owner's own counts by 0.7: 0 for a feature that the owner never has.
    """
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    sizes: Counter[int] = Counter()
    for row, features in units:
        sizes[row] += len(features)
        for feature in features:
            counts[feature][row] += 1
    total = sum(sizes.values())
    entries: Mapping[str, list[tuple[int, float]]] = {
        feature: [
            (
                row,
                float(np.log1p(_TRUST / (1 - _TRUST) * ((count - _DISCOUNT) / sizes[row]) / (by_row.total() / total))),
            )
            for row, count in sorted(by_row.items())
        ]
        for feature, by_row in counts.items()
    }
    return from_weights(entries, owner_count)
