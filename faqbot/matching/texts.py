"""Whole texts as evidence: how much of a message's wording a section accounts for, and how typical it is of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.postings import Features, Postings, Scores, count_features

_SATURATION = 1.2
_LENGTH_PENALTY = 0.75
_TRUST = 0.7
_DISCOUNT = 0.5


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Texts as bags of features, several per owner allowed."""

    postings: Postings
    owners: NDArray[np.int64]
    """Row of each text's owner."""
    owner_count: int

    def coverage(self, features: Features) -> Scores:
        """Return for each owner the BM25 score of its best text as a share of the highest one possible, 0 to 1.

        Features that no text holds count towards the highest possible: they are not accounted for.
        """
        everyone = np.zeros(self.owner_count)
        possible = self.postings.possible(features)
        if possible > 0:
            np.maximum.at(everyone, self.owners, self.postings.total(features) / (possible * (_SATURATION + 1)))
        return everyone


def build_bm25(owners: Sequence[int], texts: Iterable[Iterable[str]], owner_count: int) -> TextIndex:
    """Index the features of texts by BM25 (Robertson and Zaragoza 2009), k1 = 1.2 and b = 0.75.

    :param owners: Row of each text's owner.
    """
    counts = count_features(enumerate(texts), len(owners))
    sizes = counts.sizes
    norms = _SATURATION * (1 - _LENGTH_PENALTY + _LENGTH_PENALTY * sizes / (sizes.mean() or 1.0))
    weights = counts.counts * (_SATURATION + 1) / (counts.counts + norms[counts.entry_units])
    return TextIndex(Postings.of(counts, weights), np.array(owners, dtype=np.int64), owner_count)


def build_profiles(units: Iterable[tuple[int, Iterable[str]]], owner_count: int) -> Postings:
    """Weigh features by how much more often an owner's units hold them than all units do.

    A weight is the logarithm of the ratio that a mixed language model gives (Jelinek and Mercer 1980; Zhai and Lafferty
    2004), trusting the owner's own counts, each discounted by a half, by 0.7: 0 for a feature that it never has.
    """
    counts = count_features(units, owner_count)
    everywhere = np.bincount(counts.entry_rows, counts.counts, minlength=len(counts.rows)) / counts.counts.sum()
    own = (counts.counts - _DISCOUNT) / counts.sizes[counts.entry_units]
    ratio = _TRUST / (1 - _TRUST) * own / everywhere[counts.entry_rows]
    return Postings.of(counts, np.log1p(ratio))
