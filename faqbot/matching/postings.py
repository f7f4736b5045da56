"""An inverted index of weighted features: which units hold a feature, and how much it means there."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FEW = 32
"""Units are looked up one by one where fewer than one in this many count; more are quicker all at once."""

Scores = NDArray[np.float64]
Features = Mapping[str, float]
"""Features of a text and how surely each is there, above 0 to 1."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often units hold features; one entry for each pair of them that occurs, by feature and then by unit."""

    rows: Mapping[str, int]
    """Row of each feature."""
    entry_rows: NDArray[np.int64]
    entry_units: NDArray[np.int64]
    counts: NDArray[np.int64]
    unit_count: int

    @property
    def frequency(self) -> NDArray[np.int64]:
        """In how many units each feature occurs, by row."""
        return np.bincount(self.entry_rows, minlength=len(self.rows))

    @property
    def sizes(self) -> NDArray[np.float64]:
        """How many features each unit has, repeats included."""
        return np.bincount(self.entry_units, self.counts, minlength=self.unit_count).astype(np.float64, copy=False)


def count_features(units: Iterable[tuple[int, Iterable[str]]], unit_count: int) -> Counts:
    """Count the features of (unit, features) pairs; a unit may have several, and is below ``unit_count``."""
    rows: dict[str, int] = {}
    keys = array("q")
    for unit, features in units:
        keys.extend([rows.setdefault(feature, len(rows)) * unit_count + unit for feature in features])
    found, counts = np.unique(np.frombuffer(keys, dtype=np.int64), return_counts=True)
    return Counts(rows, found // max(unit_count, 1), found % max(unit_count, 1), counts, unit_count)


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
    unit_count: int

    @classmethod
    def of(cls, counts: Counts, weights: NDArray[np.float64]) -> "Postings":
        """Make postings of counted entries and a weight for each."""
        starts = np.concatenate([[0], np.cumsum(counts.frequency)]).astype(np.int64)
        units = counts.entry_units.astype(np.int32)
        return cls(counts.rows, starts, units, weights.astype(np.float32), rarity(counts), counts.unit_count)

    @property
    def rarity_unseen(self) -> float:
        """Rarity of a feature that no unit holds."""
        return float(_rarity(np.zeros(1), self.unit_count)[0])

    def rarity_of(self, feature: str) -> float:
        """Return the feature's inverse document frequency; that of an unseen feature if it is unknown."""
        row = self.rows.get(feature)
        return self.rarity_unseen if row is None else float(self.rarity[row])

    def cosine(self, features: Features, among: NDArray[np.int32] | None = None) -> Scores:
        """Return each unit's similarity with the features, 0 to 1, where the weights are those of ``build_cosine``.

        Features that no unit holds lengthen the query's vector: the more of a query is unknown, the lower all scores.

        :param among: The units to look at, ascending; the scores are then theirs alone. None for all.
        """
        rows, sure = self._known(features)
        query = self.rarity[rows] * sure
        unseen = sum(each * each for feature, each in features.items() if feature not in self.rows)
        length = float(np.sqrt(query @ query + unseen * self.rarity_unseen**2))
        query = query / length if length else query
        if among is None:
            return self.add_up(rows, query)
        few = len(among) * _FEW < self.unit_count
        return self._add_up_among(rows, query, among) if few else self.add_up(rows, query)[among]

    def total(self, features: Features) -> Scores:
        """Return for each unit the sum of its weights for the features, each times the feature's rarity."""
        rows, sure = self._known(features)
        return self.add_up(rows, self.rarity[rows] * sure)

    def accounted(self, features: Features) -> Scores:
        """Return for each unit which share of the features' rarity it holds, 0 to 1; 0 of no features."""
        possible = self.possible(features)
        held = np.zeros(self.unit_count)
        for row, sure in zip(*self._known(features), strict=True):
            held[self.units[self.starts[row] : self.starts[row + 1]]] += sure * self.rarity[row] / possible
        return held

    def possible(self, features: Features) -> float:
        """Return the sum of the features' rarities, each by how surely it is there."""
        return sum(sure * self.rarity_of(feature) for feature, sure in features.items())

    def add_up(self, rows: NDArray[np.int64], query: Scores) -> Scores:
        """Return for each unit the sum of its weights in these rows, times the query's weight for each row."""
        if not len(rows):
            return np.zeros(self.unit_count)
        spans = [slice(self.starts[row], self.starts[row + 1]) for row in rows]
        units = np.concatenate([self.units[span] for span in spans])
        weights = np.concatenate([self.weights[span] * weight for span, weight in zip(spans, query, strict=True)])
        return np.bincount(units, weights, minlength=self.unit_count).astype(np.float64, copy=False)

    def holders(self, feature: str) -> NDArray[np.int32]:
        """Return the units that hold a feature, ascending; none if it is unknown."""
        row = self.rows.get(feature)
        return self.units[:0] if row is None else self.units[self.starts[row] : self.starts[row + 1]]

    def _add_up_among(self, rows: NDArray[np.int64], query: Scores, among: NDArray[np.int32]) -> Scores:
        scores = np.zeros(len(among))
        for row, weight in zip(rows, query, strict=True):
            span = slice(self.starts[row], self.starts[row + 1])
            at, held = _shared(among, self.units[span])
            scores[at] += self.weights[span][held] * weight
        return scores

    def _known(self, features: Features) -> tuple[NDArray[np.int64], Scores]:
        """Return the rows of the known features, and how surely each is there."""
        known = [(self.rows[feature], sure) for feature, sure in features.items() if feature in self.rows]
        return np.array([row for row, _ in known], dtype=np.int64), np.array([sure for _, sure in known], dtype=float)


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


def rarity(counts: Counts) -> NDArray[np.float64]:
    """Return each feature's inverse document frequency as BM25 has it, which is never negative.

    Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
    """
    return _rarity(counts.frequency, counts.unit_count)


def _rarity(frequency: NDArray[np.int64] | NDArray[np.float64], total: int) -> NDArray[np.float64]:
    return np.asarray(np.log1p((total - frequency + 0.5) / (frequency + 0.5)), dtype=np.float64)
