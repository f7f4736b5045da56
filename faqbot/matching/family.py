"""A family of units of one kind (questions, passages …), lying owner by owner, with an index for each lane."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faqbot.language.token import Token
from faqbot.matching.lanes import LANES, LaneReader
from faqbot.matching.postings import Features, Postings, Scores, build_cosine

SHARPNESS = 10.0
"""How much nearer a unit must be to outweigh several others; chosen by cross-validation among 5, 10 and 20."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that a message can resemble."""

    owner: str
    """The section or topic that it speaks for."""
    tokens: tuple[Token, ...]
    number: int
    """Its position in the list that it came from, such as the knowledge's questions."""


@dataclass(frozen=True, slots=True)
class Near:
    """Units that share something with a message, and whose they are."""

    units: NDArray[np.int64]
    """In ascending order, and so owner by owner."""
    owners: NDArray[np.int64]
    """Row of each owner that has any, ascending."""
    starts: NDArray[np.int64]
    """Where each of these owners begins in ``units``."""
    owner_count: int

    def best(self, scores: Scores) -> Scores:
        """Return each owner's best score, given one for each unit of the family; 0 for an owner that has none here."""
        return self._spread(lambda near: np.maximum.reduceat(near, self.starts), scores)

    def support(self, scores: Scores) -> Scores:
        """Return each owner's smooth maximum: near the best score, and above it where several units are near."""
        return self._spread(
            lambda near: np.log1p(np.add.reduceat(np.expm1(SHARPNESS * near), self.starts)) / SHARPNESS, scores
        )

    def _spread(self, reduce: Callable[[Scores], Scores], scores: Scores) -> Scores:
        everyone = np.zeros(self.owner_count)
        if len(self.units):
            everyone[self.owners] = reduce(scores[self.units])
        return everyone


@dataclass(frozen=True, slots=True)
class Family:
    """Units, sorted by owner."""

    stems: tuple[str, ...]
    """Each unit's words without diacritics, joined by spaces."""
    numbers: tuple[int, ...]
    """Each unit's number."""
    lanes: Mapping[str, Postings]
    owners: NDArray[np.int64]
    """Row of each unit's owner, ascending."""
    owner_count: int
    """Of all owners, with units here or without."""

    def similarities(self, features: Mapping[str, Features]) -> dict[str, Scores]:
        """Return for each lane each unit's similarity with the features, 0 to 1."""
        return {lane: postings.cosine(features[lane]) for lane, postings in self.lanes.items()}

    def span(self, owner: int) -> slice:
        """Return where the units of an owner, given by its row, lie."""
        begin, end = np.searchsorted(self.owners, [owner, owner + 1])
        return slice(int(begin), int(end))

    def near(self, scores: Scores) -> Near:
        """Return the units whose score is not 0."""
        units = np.flatnonzero(scores)
        owners = self.owners[units]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        return Near(units, owners[starts], starts, self.owner_count)


def build_family(units: Sequence[Unit], owner_rows: Mapping[str, int], reader: LaneReader) -> Family:
    """Index units in every lane; ``owner_rows`` numbers all owners."""
    ordered = sorted(units, key=lambda unit: (owner_rows[unit.owner], unit.number))
    lanes = {lane: build_cosine((reader.lane(lane, unit.tokens) for unit in ordered), len(ordered)) for lane in LANES}
    return Family(
        tuple(" ".join(word.stem for word in unit.tokens) for unit in ordered),
        tuple(unit.number for unit in ordered),
        lanes,
        np.array([owner_rows[unit.owner] for unit in ordered], dtype=np.int64),
        len(owner_rows),
    )


def weighted_sum(similarities: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Add up lanes by their weights."""
    return sum((weight * similarities[lane] for lane, weight in weights.items()), start=np.zeros(1))
