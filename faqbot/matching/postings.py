"""An inverted index of weighted features: which units hold a feature, and how much it means there."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Features = Mapping[str, float]
"""Features of a text and how surely each is there, above 0 to 1."""


@dataclass(frozen=True, slots=True)
class Postings:
    """For each feature the units that hold it, with weights that make a query's score a cosine."""

    rows: Mapping[str, int]
    """Row of each known feature."""
    starts: NDArray[np.int64]
    """Where each row begins in ``units`` and ``weights``; one more than there are rows."""
    units: NDArray[np.int64]
    weights: NDArray[np.float64]
    rarity: NDArray[np.float64]
    """Inverse document frequency of each row."""
    unit_count: int

    @property
    def rarity_unseen(self) -> float:
        """Rarity of a feature that no unit holds."""
        return _rarity(0, self.unit_count)

    def rarity_of(self, feature: str) -> float:
        """Return the feature's inverse document frequency; that of an unseen feature if it is unknown."""
        row = self.rows.get(feature)
        return self.rarity_unseen if row is None else float(self.rarity[row])

    def cosine(self, features: Features) -> Scores:
        """Return each unit's similarity with the features, 0 to 1.

        Features that no unit holds lengthen the query's vector: the more of a query is unknown, the lower all scores.
        """
        known = [(self.rows[feature], sure) for feature, sure in features.items() if feature in self.rows]
        if not known:
            return np.zeros(self.unit_count)
        rows = np.array([row for row, _ in known])
        query = self.rarity[rows] * np.array([sure for _, sure in known])
        unseen = sum(sure * sure for feature, sure in features.items() if feature not in self.rows)
        length = float(np.sqrt(query @ query + unseen * self.rarity_unseen**2))
        return self.add_up(rows, query / length)

    def total(self, features: Features) -> Scores:
        """Return for each unit the sum of its weights for the features, each times the feature's rarity."""
        known = [(self.rows[feature], sure) for feature, sure in features.items() if feature in self.rows]
        if not known:
            return np.zeros(self.unit_count)
        rows = np.array([row for row, _ in known])
        return self.add_up(rows, self.rarity[rows] * np.array([sure for _, sure in known]))

    def accounted(self, features: Features) -> Scores:
        """Return for each unit which share of the features' rarity it holds, 0 to 1; 0 of no features."""
        possible = sum(sure * self.rarity_of(feature) for feature, sure in features.items())
        known = [(self.rows[feature], sure) for feature, sure in features.items() if feature in self.rows]
        held = np.zeros(self.unit_count)
        for row, sure in known:
            held[self.units[self.starts[row] : self.starts[row + 1]]] += sure * self.rarity[row] / possible
        return held

    def add_up(self, rows: NDArray[np.int64], query: Scores) -> Scores:
        """Return for each unit the sum of its weights in these rows, times the query's weight for each row."""
        spans = [slice(self.starts[row], self.starts[row + 1]) for row in rows]
        units = np.concatenate([self.units[span] for span in spans])
        weights = np.concatenate([self.weights[span] * weight for span, weight in zip(spans, query, strict=True)])
        return np.bincount(units, weights, minlength=self.unit_count).astype(np.float64, copy=False)


def build_cosine(units: Sequence[Iterable[str]]) -> Postings:
    """Index units by their features; a feature counts once a unit, by its rarity, and units have length one."""
    held = [tuple(dict.fromkeys(features)) for features in units]
    frequency = Counter(feature for features in held for feature in features)
    rows = {feature: row for row, feature in enumerate(frequency)}
    rarity = np.array([_rarity(count, len(held)) for count in frequency.values()])
    entry_rows = np.array([rows[feature] for features in held for feature in features], dtype=np.int64)
    entry_units = np.repeat(np.arange(len(held)), [len(features) for features in held])
    weights = rarity[entry_rows] if len(entry_rows) else np.zeros(0)
    lengths = np.sqrt(np.bincount(entry_units, weights**2, minlength=len(held)))
    return _sorted(rows, rarity, entry_rows, entry_units, weights / lengths[entry_units], len(held))


def from_weights(entries: Mapping[str, Sequence[tuple[int, float]]], unit_count: int) -> Postings:
    """Index units by features whose weights are known: (unit, weight) pairs for each feature."""
    rows = {feature: row for row, feature in enumerate(entries)}
    rarity = np.array([_rarity(len(pairs), unit_count) for pairs in entries.values()])
    flat = [(row, unit, weight) for row, pairs in enumerate(entries.values()) for unit, weight in pairs]
    entry_rows, entry_units, weights = zip(*flat, strict=True) if flat else ((), (), ())
    return _sorted(
        rows,
        rarity,
        np.array(entry_rows, dtype=np.int64),
        np.array(entry_units, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        unit_count,
    )


def _sorted(
    rows: Mapping[str, int],
    rarity: NDArray[np.float64],
    entry_rows: NDArray[np.int64],
    entry_units: NDArray[np.int64],
    weights: NDArray[np.float64],
    unit_count: int,
) -> Postings:
    order = np.argsort(entry_rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(entry_rows, minlength=len(rows)))])
    return Postings(rows, starts, entry_units[order], weights[order], rarity, unit_count)


def _rarity(frequency: int, total: int) -> float:
    """Inverse document frequency as BM25 has it (Robertson and Zaragoza 2009), which is never negative."""
    return float(np.log1p((total - frequency + 0.5) / (frequency + 0.5)))
