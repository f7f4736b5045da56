"""A family of units of one kind (questions, passages …), lying owner by owner, with an index for each lane."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.lanes import LANES
from faqbot.matching.postings import Features, Postings, Scores, build_cosine

SHARPNESS = 10.0
"""How much nearer a unit must be to outweigh several others; chosen by cross-validation among 5, 10 and 20."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text that a message can resemble."""

    owner: str
    """The section or topic that it speaks for."""
    features: Mapping[str, Sequence[str]]
    """Its features in each lane."""
    number: int
    """Its position in the list that it came from, such as the knowledge's questions."""


@dataclass(frozen=True, slots=True)
class Family:
    """Units, sorted by owner."""

    stems: tuple[str, ...]
    """Each unit's words without diacritics, joined by spaces."""
    numbers: tuple[int, ...]
    """Each unit's number."""
    lanes: Mapping[str, Postings]
    owners: NDArray[np.int64]
    """Index of each owner that has units, in the order of the units."""
    starts: NDArray[np.int64]
    """Where each owner's units begin."""
    owner_count: int
    """Of all owners, with units here or without."""

    def similarities(self, features: Mapping[str, Features]) -> dict[str, Scores]:
        """Return for each lane each unit's similarity with the features, 0 to 1."""
        return {lane: postings.cosine(features[lane]) for lane, postings in self.lanes.items()}

    def span(self, owner: int) -> slice:
        """Return where the units of an owner, given by its row, lie."""
        at = int(np.searchsorted(self.owners, owner))
        if at == len(self.owners) or self.owners[at] != owner:
            return slice(0, 0)
        end = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.numbers)
        return slice(int(self.starts[at]), int(end))

    def best(self, scores: Scores) -> Scores:
        """Return each owner's best score; 0 for one without units."""
        return self._spread(np.maximum.reduceat(scores, self.starts))

    def support(self, scores: Scores) -> Scores:
        """Return each owner's smooth maximum: near the best score, and above it where several units are near."""
        near = np.add.reduceat(np.expm1(SHARPNESS * scores), self.starts)
        return self._spread(np.log1p(near) / SHARPNESS)

    def _spread(self, values: Scores) -> Scores:
        everyone = np.zeros(self.owner_count)
        everyone[self.owners] = values
        return everyone


def build_family(units: Iterable[Unit], owner_rows: Mapping[str, int]) -> Family:
    """Index units in every lane; ``owner_rows`` numbers all owners. There must be a unit."""
    ordered = sorted(units, key=lambda unit: (owner_rows[unit.owner], unit.number))
    rows = [owner_rows[unit.owner] for unit in ordered]
    owners, starts = np.unique(rows, return_index=True)
    lanes = {lane: build_cosine([unit.features[lane] for unit in ordered]) for lane in LANES}
    stems = tuple(" ".join(unit.features["word"]) for unit in ordered)
    return Family(stems, tuple(unit.number for unit in ordered), lanes, owners, starts, len(owner_rows))


def weighted_sum(similarities: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Add up lanes by their weights."""
    return sum((weight * similarities[lane] for lane, weight in weights.items()), start=np.zeros(1))
