"""Texts that say about the same come together, always in the same way."""

from hypothesis import given
from hypothesis import strategies as st

from faqbot.helpdesk.grouping import groups

TEXTS = st.lists(
    st.sampled_from(["gui xe o dau", "gui xe o dau a", "goi xe o dau", "o dau gui xe", "mat the", "mat the r", "wifi"])
)


def test_typing_and_order_of_words_do_not_matter() -> None:
    texts = ["gui xe may o dau", "o dau gui xe may", "gui xe amy o dau", "mat khau wifi la gi"]
    assert groups({text: 5 - at for at, text in enumerate(texts)}) == [texts[:3], texts[3:]]


def test_the_most_frequent_comes_first() -> None:
    assert groups({"a b c d": 1, "x y": 3, "a b c d e": 2}) == [["x y"], ["a b c d e", "a b c d"]]


@given(TEXTS)
def test_the_order_they_come_in_does_not_matter(texts: list[str]) -> None:
    counts = {text: texts.count(text) for text in texts}
    assert groups(dict(sorted(counts.items()))) == groups(dict(sorted(counts.items(), reverse=True)))


@given(TEXTS)
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    counts = {text: texts.count(text) for text in texts}
    assert sorted(text for group in groups(counts) for text in group) == sorted(counts)


def test_nothing_has_no_groups() -> None:
    assert groups({}) == []
