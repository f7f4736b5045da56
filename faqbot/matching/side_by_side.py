"""Several postings of the same units, which share their arrays, so that all are added up in one go."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.postings import Postings, Query, summed, weights_of


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
    return summed(units + numbers * count, weights, len(lanes) * count).reshape(len(lanes), count)


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
    scores = summed(place[units] + numbers * len(holders), weights, len(lanes) * len(holders))
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
    entries, lengths = first.entries(query)
    weights = first.weights[entries] * np.repeat(weights_of(query), lengths)
    return first.units[entries], np.repeat(np.array(numbers, dtype=np.int64), lengths), weights
