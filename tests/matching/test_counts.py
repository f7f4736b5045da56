"""Features are counted by the unit that holds them."""

from faqbot.matching.counts import count_features, rarity


def test_features_are_counted_by_unit() -> None:
    counts = count_features([(0, ["ram", "ram"]), (2, ["cpu"]), (0, ["cpu"])], 3)
    assert counts.rows == {"ram": 0, "cpu": 1}
    assert list(zip(counts.entry_rows, counts.entry_units, counts.counts, strict=True)) == [
        (0, 0, 2),
        (1, 0, 1),
        (1, 2, 1),
    ]
    assert counts.sizes.tolist() == [3, 0, 1]


def test_rarity_grows_as_fewer_units_hold_a_feature_and_is_never_negative() -> None:
    counts = count_features([(0, ["how", "ram"]), (1, ["how", "ram"]), (2, ["how"])], 3)
    how, ram = rarity(counts)
    assert 0 <= how < ram
