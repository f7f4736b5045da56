"""Lanes that are added up together score as each alone."""

from hypothesis import given
from hypothesis import strategies as st

from faqbot.matching.postings import build_cosine
from faqbot.matching.side_by_side import add_up_all, add_up_holders, side_by_side

FEATURES = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=6)


@given(st.lists(FEATURES, min_size=1, max_size=8), FEATURES, FEATURES)
def test_lanes_side_by_side_score_as_each_alone(units: list[list[str]], one: list[str], other: list[str]) -> None:
    alone = {"one": build_cosine(units, len(units)), "other": build_cosine([unit[:2] for unit in units], len(units))}
    lanes = side_by_side(alone)
    asked = {"one": dict.fromkeys(one, 1.0), "other": dict.fromkeys(other, 1.0)}
    queries = [lanes[name].direction(asked[name]) for name in lanes]
    together = add_up_all(lanes.values(), queries)
    holders, theirs = add_up_holders(lanes.values(), queries)
    assert theirs.tolist() == together[:, holders].tolist()
    assert holders.tolist() == [unit for unit in range(len(units)) if together[:, unit].any()]
    for name, scores in zip(lanes, together, strict=True):
        assert scores.tolist() == lanes[name].cosine(asked[name]).tolist() == alone[name].cosine(asked[name]).tolist()
