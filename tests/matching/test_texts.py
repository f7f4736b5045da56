"""Whole texts: coverage by BM25, and profiles of owners."""

from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from faqbot.matching.postings import Scores
from faqbot.matching.texts import build_profiles, build_texts

OWNERS = (0, 0, 2)
TEXTS = (["ram", "memory", "ram"], ["disk"], ["disk", "network", "cable"])
WORDS = st.lists(st.sampled_from(["ram", "memory", "disk", "network", "cable", "unheard"]), min_size=1, unique=True)


def coverage(words: Collection[str]) -> Scores:
    """How much of some words each owner covers."""
    return build_texts(OWNERS, {"word": TEXTS}, 3).coverage({"word": dict.fromkeys(words, 1.0)})["word"]


def test_the_text_with_the_words_covers_them_best() -> None:
    assert coverage(["network", "cable"]).argmax() == 2


def test_an_owner_without_a_text_covers_nothing() -> None:
    assert coverage(["disk"])[1] == 0


def test_words_that_no_text_has_are_not_accounted_for() -> None:
    assert coverage(["ram", "unheard"])[0] < coverage(["ram"])[0]


def test_no_words_cover_nothing() -> None:
    assert not coverage([]).any()


@given(WORDS)
def test_each_lane_is_covered_as_if_it_were_alone(words: list[str]) -> None:
    two = build_texts(OWNERS, {"letter": [list("abc"), list("ram"), list("x")], "word": TEXTS}, 3)
    scores = two.coverage({"letter": {"r": 1.0}, "word": dict.fromkeys(words, 1.0)})
    assert scores["word"].tolist() == coverage(words).tolist()
    assert scores["letter"].argmax() == 0


@given(WORDS)
def test_coverage_is_a_share(words: list[str]) -> None:
    scores = coverage(words)
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
