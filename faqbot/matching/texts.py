"""Whole texts as evidence: how much of a message's wording a section accounts for, and how typical it is of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.counts import count_features
from faqbot.matching.postings import Features, Postings, Scores
from faqbot.matching.side_by_side import add_up_all, side_by_side

_SATURATION = 1.2
_LENGTH_PENALTY = 0.75
_TRUST = 0.7
_DISCOUNT = 0.5


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Texts as bags of features in several lanes; an owner has one or more, which lie beside each other."""

    lanes: Mapping[str, Postings]
    """Side by side."""
    owners: NDArray[np.int64]
    """Row of each owner that has texts, ascending."""
    starts: NDArray[np.int64]
    """The first text of each of them."""
    owner_count: int
    """Of all owners, with texts or without."""

    def coverage(self, features: Mapping[str, Features]) -> dict[str, Scores]:
        """Return for each lane, and each owner, the BM25 score of its best text as a share of the highest one possible.

        That is 0 to 1. Features that no text holds count towards the highest possible: they are not accounted for.
        """
        asked = [postings.by_rarity(features[lane]) for lane, postings in self.lanes.items()]
        scores = add_up_all(self.lanes.values(), (query for query, _ in asked))
        everyone = np.zeros((len(self.lanes), self.owner_count))
        everyone[:, self.owners] = np.maximum.reduceat(scores, self.starts, axis=1)
        possible = np.array([most or 1.0 for _, most in asked])
        everyone /= possible[:, np.newaxis] * (_SATURATION + 1)
        return dict(zip(self.lanes, everyone, strict=True))


def build_texts(owners: Sequence[int], lanes: Mapping[str, Iterable[Iterable[str]]], owner_count: int) -> TextIndex:
    """Index texts by their features in each lane.

    :param owners: Row of each text's owner, ascending.
    """
    postings = {lane: _build_bm25(texts, len(owners)) for lane, texts in lanes.items()}
    rows, starts = np.unique(np.array(owners, dtype=np.int64), return_index=True)
    return TextIndex(side_by_side(postings), rows, starts, owner_count)


def _build_bm25(texts: Iterable[Iterable[str]], text_count: int) -> Postings:
    """Index the features of texts by BM25 (Robertson and Zaragoza 2009), k1 = 1.2 and b = 0.75."""
    counts = count_features(enumerate(texts), text_count)
    sizes = counts.sizes
    norms = _SATURATION * (1 - _LENGTH_PENALTY + _LENGTH_PENALTY * sizes / (sizes.mean() or 1.0))
    weights = counts.counts * (_SATURATION + 1) / (counts.counts + norms[counts.entry_units])
    return Postings.of(counts, weights)


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
