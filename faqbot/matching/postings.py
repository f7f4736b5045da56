"""An inverted index of weighted features: which units hold a feature, and how much it means there."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_FEW = 32
"""Units are looked up one by one where fewer than one in this many count; more are quicker all at once."""

Scores = NDArray[np.float64]
Features = Mapping[str, float]
"""Features of a text and how surely each is there, above 0 to 1."""
Query = Mapping[int, float]
"""Rows to add up, and how much each of them counts."""


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
        unseen = float(_rarity(np.zeros(1), counts.unit_count)[0])
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
        entries, lengths = self._entries(query)
        held = _summed(self.units[entries], np.repeat(_values(query), lengths), self.unit_count)
        return held / (possible or 1.0)

    def add_up(self, query: Query) -> Scores:
        """Return for each unit the sum of its weights in the query's rows, times the query's weight for each row."""
        entries, lengths = self._entries(query)
        weights = self.weights[entries] * np.repeat(_values(query), lengths)
        return _summed(self.units[entries], weights, self.unit_count)

    def holders(self, feature: str) -> NDArray[np.int32]:
        """Return the units that hold a feature, ascending; none if it is unknown."""
        row = self.rows.get(feature)
        return self.units[:0] if row is None else self.units[self.starts[row] : self.starts[row + 1]]

    def holders_of_each(self, features: Features) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return each pair of a feature and a unit that holds it, as the feature's position and the unit."""
        known = {row: at for at, feature in enumerate(features) if (row := self.rows.get(feature)) is not None}
        entries, lengths = self._entries(known)
        return np.repeat(np.fromiter(known.values(), np.int64, len(known)), lengths), self.units[entries]

    def _add_up_among(self, query: Query, among: NDArray[np.int32]) -> Scores:
        scores = np.zeros(len(among))
        for row, weight in query.items():
            span = slice(self.starts[row], self.starts[row + 1])
            at, held = _shared(among, self.units[span])
            scores[at] += self.weights[span][held] * weight
        return scores

    def _entries(self, query: Query) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the entries of the query's rows stand, one row after another, and how many each row has."""
        rows = np.fromiter(query, np.int64, len(query))
        starts = self.starts[rows]
        lengths = self.starts[rows + 1] - starts
        ends = lengths.cumsum()
        return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths), lengths


def _summed(places: NDArray[np.int32] | NDArray[np.int64], weights: NDArray[np.floating], count: int) -> Scores:
    """Return the sum of the weights at each place."""
    return np.bincount(places, weights, minlength=count).astype(np.float64, copy=False)


def _values(query: Query) -> Scores:
    return np.fromiter(query.values(), np.float64, len(query))


def side_by_side(lanes: Mapping[str, Postings]) -> dict[str, Postings]:
    """Return postings of the same units that share their arrays, so that ``add_up_all`` can take them in one go."""
    arrays = list(lanes.values())
    units, weights, rarities = (
        np.concatenate([getattr(each, name) for each in arrays]) for name in ("units", "weights", "rarity")
    )
    sizes = np.cumsum([0, *(len(each.units) for each in arrays)])
    starts = np.concatenate([*(each.starts[:-1] + at for each, at in zip(arrays, sizes, strict=False)), sizes[-1:]])
    shared, first = {}, 0
    for lane, postings in lanes.items():
        rows = {feature: row + first for feature, row in postings.rows.items()}
        shared[lane] = Postings(rows, starts, units, weights, rarities, postings.rarity_unseen, postings.unit_count)
        first += len(rows)
    return shared


def add_up_all(lanes: Collection[Postings], queries: Iterable[Query]) -> NDArray[np.float64]:
    """Add up each lane by its query, as ``add_up`` does; the lanes come from ``side_by_side``.

    :return: A row of scores for each lane.
    """
    units, numbers, weights = _gathered(lanes, queries)
    count = next(iter(lanes)).unit_count
    return _summed(units + numbers * count, weights, len(lanes) * count).reshape(len(lanes), count)


def add_up_holders(
    lanes: Collection[Postings], queries: Iterable[Query]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Add up as ``add_up_all`` does, for those units alone that hold something; they are returned first, ascending."""
    units, numbers, weights = _gathered(lanes, queries)
    holds = np.zeros(next(iter(lanes)).unit_count, dtype=bool)
    holds[units] = True
    holders = np.flatnonzero(holds)
    place = np.empty(len(holds), dtype=np.int32)
    place[holders] = np.arange(len(holders), dtype=np.int32)
    scores = _summed(place[units] + numbers * len(holders), weights, len(lanes) * len(holders))
    return holders, scores.reshape(len(lanes), len(holders))


def _gathered(
    lanes: Collection[Postings], queries: Iterable[Query]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.floating]]:
    """Return the unit of each entry in the queries' rows, the number of its lane, and its weight times the query's."""
    first = next(iter(lanes))
    query: dict[int, float] = {}
    numbers: list[int] = []
    for number, each in enumerate(queries):
        query |= each
        numbers += [number] * len(each)
    entries, lengths = first._entries(query)
    weights = first.weights[entries] * np.repeat(_values(query), lengths)
    return first.units[entries], np.repeat(np.array(numbers, dtype=np.int64), lengths), weights


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
