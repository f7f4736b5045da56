"""Whole texts: coverage by BM25, and profiles of owners."""

from hypothesis import given
from hypothesis import strategies as st

from faqbot.matching.texts import build_bm25, build_profiles

OWNERS = (0, 0, 2)
TEXTS = (["ram", "memory", "ram"], ["disk"], ["disk", "network", "cable"])
WORDS = st.lists(st.sampled_from(["ram", "memory", "disk", "network", "cable", "unheard"]), min_size=1, unique=True)


def test_the_text_with_the_words_covers_them_best() -> None:
    assert build_bm25(OWNERS, TEXTS, 3).coverage({"network": 1.0, "cable": 1.0}).argmax() == 2


def test_an_owner_without_a_text_covers_nothing() -> None:
    assert build_bm25(OWNERS, TEXTS, 3).coverage({"disk": 1.0})[1] == 0


def test_words_that_no_text_has_are_not_accounted_for() -> None:
    index = build_bm25(OWNERS, TEXTS, 3)
    assert index.coverage({"ram": 1.0, "unheard": 1.0})[0] < index.coverage({"ram": 1.0})[0]


def test_no_words_cover_nothing() -> None:
    assert not build_bm25(OWNERS, TEXTS, 3).coverage({}).any()


@given(WORDS)
def test_coverage_is_a_share(words: list[str]) -> None:
    scores = build_bm25(OWNERS, TEXTS, 3).coverage(dict.fromkeys(words, 1.0))
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_profile_knows_what_is_typical() -> None:
    profiles = build_profiles([(0, ["ram", "the"]), (0, ["ram", "the"]), (1, ["disk", "the"])], 2)
    row = profiles.rows["ram"]
    weights = profiles.weights[profiles.starts[row] : profiles.starts[row + 1]]
    assert profiles.units[profiles.starts[row] : profiles.starts[row + 1]].tolist() == [0]
    assert weights[0] > 0


def test_what_everybody_says_is_typical_of_nobody() -> None:
    profiles = build_profiles([(0, ["ram", "the"]), (1, ["disk", "the"])], 2)

    def weight(feature: str) -> float:
        return float(profiles.weights[profiles.starts[profiles.rows[feature]]])

    assert weight("the") < weight("ram")
