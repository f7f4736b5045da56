"""An inverted index of weighted features: which units hold a feature, and how much it means there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.counts import Counts, count_features, rarity, rarity_at

_FEW = 32
"""Units are looked up one by one where fewer than one in this many count; more are quicker all at once."""

Scores = NDArray[np.float64]
Features = Mapping[str, float]
"""Features of a text and how surely each is there, above 0 to 1."""
Query = Mapping[int, float]
"""Rows to add up, and how much each of them counts."""


@dataclass(frozen=True, slots=True)
class Postings:
    """For each feature the units that hold it, each with a weight."""

    rows: Mapping[str, int]
    """Row of each known feature."""
    starts: NDArray[np.int64]
    """Where each row begins in ``units`` and ``weights``; one more than there are rows."""
    units: NDArray[np.int32]
    weights: NDArray[np.float32]
    rarity: NDArray[np.float64]
    """Inverse document frequency of each row."""
    rarity_unseen: float
    """Rarity of a feature that no unit holds."""
    unit_count: int

    @classmethod
    def of(cls, counts: Counts, weights: NDArray[np.float64]) -> "Postings":
        """Make postings of counted entries and a weight for each."""
        starts = np.concatenate([[0], np.cumsum(counts.frequency)]).astype(np.int64)
        units = counts.entry_units.astype(np.int32)
        unseen = float(rarity_at(np.zeros(1), counts.unit_count)[0])
        return cls(counts.rows, starts, units, weights.astype(np.float32), rarity(counts), unseen, counts.unit_count)

    def rarity_of(self, feature: str) -> float:
        """Return the feature's inverse document frequency; that of an unseen feature if it is unknown."""
        row = self.rows.get(feature)
        return self.rarity_unseen if row is None else float(self.rarity.item(row))

    def cosine(self, features: Features, among: NDArray[np.int32] | None = None) -> Scores:
        """Return each unit's similarity with the features, 0 to 1, where the weights are those of ``build_cosine``.

        Features that no unit holds lengthen the query's vector: the more of a query is unknown, the lower all scores.

        :param among: The units to look at, ascending; the scores are then theirs alone. None for all.
        """
        query = self.direction(features)
        if among is None:
            return self.add_up(query)
        few = len(among) * _FEW < self.unit_count
        return self._add_up_among(query, among) if few else self.add_up(query)[among]

    def direction(self, features: Features) -> Query:
        """Return the features as a vector of length one, of which unknown features take their share."""
        query, square = {}, 0.0
        for feature, sure in features.items():
            row = self.rows.get(feature)
            weight = sure * (self.rarity_unseen if row is None else self.rarity.item(row))
            square += weight * weight
            if row is not None:
                query[row] = weight
        length = sqrt(square) or 1.0
        return {row: weight / length for row, weight in query.items()}

    def by_rarity(self, features: Features) -> tuple[Query, float]:
        """Return the known features, each with its rarity, and the sum of the rarities of all, the unknown too."""
        query, possible = {}, 0.0
        for feature, sure in features.items():
            row = self.rows.get(feature)
            worth = sure * (self.rarity_unseen if row is None else self.rarity.item(row))
            possible += worth
            if row is not None:
                query[row] = worth
        return query, possible

    def accounted(self, features: Features) -> Scores:
        """Return for each unit which share of the features' rarity it holds, 0 to 1; 0 of no features."""
        query, possible = self.by_rarity(features)
        entries, lengths = self.entries(query)
        held = summed(self.units[entries], np.repeat(weights_of(query), lengths), self.unit_count)
        return held / (possible or 1.0)

    def add_up(self, query: Query) -> Scores:
        """Return for each unit the sum of its weights in the query's rows, times the query's weight for each row."""
        entries, lengths = self.entries(query)
        weights = self.weights[entries] * np.repeat(weights_of(query), lengths)
        return summed(self.units[entries], weights, self.unit_count)

    def holders(self, feature: str) -> NDArray[np.int32]:
        """Return the units that hold a feature, ascending; none if it is unknown."""
        row = self.rows.get(feature)
        return self.units[:0] if row is None else self.units[self.starts[row] : self.starts[row + 1]]

    def holders_of_each(self, features: Features) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return each pair of a feature and a unit that holds it, as the feature's position and the unit."""
        known = {row: at for at, feature in enumerate(features) if (row := self.rows.get(feature)) is not None}
        entries, lengths = self.entries(known)
        return np.repeat(np.fromiter(known.values(), np.int64, len(known)), lengths), self.units[entries]

    def entries(self, query: Query) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the entries of the query's rows stand, one row after another, and how many each row has."""
        rows = np.fromiter(query, np.int64, len(query))
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        ends = lengths.cumsum()
        return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths), lengths

    def _add_up_among(self, query: Query, among: NDArray[np.int32]) -> Scores:
        scores = np.zeros(len(among))
        for row, weight in query.items():
            span = slice(self.starts[row], self.starts[row + 1])
            at, held = _shared(among, self.units[span])
            scores[at] += self.weights[span][held] * weight
        return scores


def summed(places: NDArray[np.int32] | NDArray[np.int64], weights: NDArray[np.floating], count: int) -> Scores:
    """Return the sum of the weights at each place."""
    return np.bincount(places, weights, minlength=count).astype(np.float64, copy=False)


def weights_of(query: Query) -> Scores:
    """Return how much each row of a query counts."""
    return np.fromiter(query.values(), np.float64, len(query))


def _shared(left: NDArray[np.int32], right: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the numbers that two ascending rows share stand in each of them."""
    if len(left) > len(right):
        at_right, at_left = _shared(right, left)
        return at_left, at_right
    at = np.minimum(np.searchsorted(right, left), len(right) - 1)
    found = np.flatnonzero(right[at] == left)
    return found, at[found]


def build_cosine(units: Iterable[Iterable[str]], unit_count: int) -> Postings:
    """Index units by their features; a feature counts once a unit, by its rarity, and units have length one."""
    counts = count_features(enumerate(units), unit_count)
    weights = rarity(counts)[counts.entry_rows]
    lengths = np.sqrt(np.bincount(counts.entry_units, weights**2, minlength=unit_count))
    return Postings.of(counts, weights / lengths[counts.entry_units])
