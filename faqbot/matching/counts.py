"""How often units hold features, and how rare each feature is among them."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray


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
    rows: defaultdict[str, int] = defaultdict(count().__next__)
    keys = array("q")
    for unit, features in units:
        keys.extend([rows[feature] * unit_count + unit for feature in features])
    found, counts = np.unique(np.frombuffer(keys, dtype=np.int64), return_counts=True)
    return Counts(dict(rows), found // max(unit_count, 1), found % max(unit_count, 1), counts, unit_count)


def rarity(counts: Counts) -> NDArray[np.float64]:
    """Return each feature's inverse document frequency as BM25 has it, which is never negative.

    Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
    """
    return rarity_at(counts.frequency, counts.unit_count)


def rarity_at(frequency: NDArray[np.int64] | NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """Return the rarity of features that so many units of the total hold."""
    return np.asarray(np.log1p((total - frequency + 0.5) / (frequency + 0.5)), dtype=np.float64)
