"""A family of units of one kind (questions, passages …), lying owner by owner, with an index for each lane."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.lanes import LANES
from faqbot.matching.postings import Features, Postings, Scores, build_cosine
from faqbot.matching.side_by_side import add_up_holders, side_by_side

SHARPNESS = 10.0
"""How much nearer a unit must be to outweigh several others; chosen by cross-validation among 5, 10 and 20."""
_MANY = 50_000
_ENOUGH = 4_000


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that a message can resemble."""

    owner: str
    """The section or topic that it speaks for."""
    lanes: Mapping[str, Sequence[str]]
    """Its features in each lane."""
    number: int
    """Its position in the list that it came from, such as the knowledge's questions."""


@dataclass(frozen=True, slots=True)
class Near:
    """Units that share something with a message, and whose they are."""

    units: NDArray[np.int64]
    """In ascending order, and so owner by owner."""
    lanes: Mapping[str, Scores]
    """Similarity of each of these units in each lane, 0 to 1."""
    total: Scores
    """The same over all lanes."""
    owners: NDArray[np.int64]
    """Row of each owner that has any, ascending."""
    starts: NDArray[np.int64]
    """Where each of these owners begins in ``units``."""
    owner_count: int

    def best(self, scores: Scores) -> Scores:
        """Return each owner's best score, given one for each of these units; 0 for an owner that has none here."""
        return self._spread(lambda: np.maximum.reduceat(scores, self.starts))

    def support(self) -> Scores:
        """Return each owner's smooth maximum: near its best total, and above it where several units are near."""
        return self._spread(
            lambda: np.log1p(np.add.reduceat(np.expm1(SHARPNESS * self.total), self.starts)) / SHARPNESS
        )

    def of(self, owner: int) -> tuple[NDArray[np.int64], Scores]:
        """Return the units of an owner, given by its row, and the total of each; none if it has none here."""
        first, last = np.searchsorted(self.owners, [owner, owner + 1])
        begin, end = np.append(self.starts, len(self.units))[[first, last]]
        return self.units[begin:end], self.total[begin:end]

    def _spread(self, reduced: Callable[[], Scores]) -> Scores:
        everyone = np.zeros(self.owner_count)
        if len(self.units):
            everyone[self.owners] = reduced()
        return everyone


@dataclass(frozen=True, slots=True)
class Family:
    """Units, sorted by owner."""

    stems: tuple[str, ...]
    """Each unit's words without diacritics, joined by spaces; interned, as are the keys of the index."""
    numbers: NDArray[np.int32]
    """Each unit's number."""
    lanes: Mapping[str, Postings]
    """Side by side."""
    owners: NDArray[np.int64]
    """Row of each unit's owner, ascending."""
    owner_count: int
    """Of all owners, with units here or without."""

    def near(self, features: Mapping[str, Features], weights: Mapping[str, float]) -> Near:
        """Return the units that share something with the features, and how similar each is.

        Of a very large family only those that share one of the rarest features count, at least some thousands.

        :param weights: How much each lane counts in the total.
        """
        units, lanes = self._cosines(features)
        total = np.zeros(len(units))
        for lane, scores in zip(self.lanes, lanes, strict=True):
            total += weights.get(lane, 0.0) * scores
        found = np.flatnonzero(total > 0)
        units = units[found]
        owners = self.owners[units]
        starts = _beginnings(owners)
        return Near(
            units,
            dict(zip(self.lanes, lanes.take(found, axis=1), strict=True)),
            total[found],
            owners[starts],
            starts,
            self.owner_count,
        )

    def _cosines(self, features: Mapping[str, Features]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the units that may be near, ascending, and a row of their similarities for each lane."""
        if len(self.numbers) > _MANY:
            among = self._sharing_rarest(features)
            lanes = np.stack([postings.cosine(features[lane], among) for lane, postings in self.lanes.items()])
            return among.astype(np.int64), lanes
        directions = (postings.direction(features[lane]) for lane, postings in self.lanes.items())
        return add_up_holders(self.lanes.values(), directions)

    def _sharing_rarest(self, features: Mapping[str, Features]) -> NDArray[np.int32]:
        holders = [postings.holders(feature) for lane, postings in self.lanes.items() for feature in features[lane]]
        sharing = np.zeros(len(self.numbers), dtype=bool)
        gathered = 0
        for units in sorted(holders, key=len):
            if gathered >= _ENOUGH:
                break
            sharing[units] = True
            gathered += len(units)
        return np.flatnonzero(sharing).astype(np.int32)


def _beginnings(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each owner begins in an ascending row of them."""
    begins = np.ones(len(owners), dtype=bool)
    np.not_equal(owners[1:], owners[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def build_family(units: Sequence[Unit], owner_rows: Mapping[str, int]) -> Family:
    """Index units in every lane; ``owner_rows`` numbers all owners."""
    ordered = sorted(units, key=lambda unit: (owner_rows[unit.owner], unit.number))
    lanes = {lane: build_cosine((unit.lanes[lane] for unit in ordered), len(ordered)) for lane in LANES}
    return Family(
        tuple(intern(" ".join(unit.lanes["word"])) for unit in ordered),
        np.array([unit.number for unit in ordered], dtype=np.int32),
        side_by_side(lanes),
        np.array([owner_rows[unit.owner] for unit in ordered], dtype=np.int64),
        len(owner_rows),
    )
