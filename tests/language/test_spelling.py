"""An unknown word is taken for the known one that it was probably meant to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.spelling import Speller
from faqbot.language.token import words
from tests.language.lexicons import build_lexicon

TEXTS = [
    *[("en", "the memory of a virtual machine")] * 3,
    *[("en", "virtualization is not a stage")] * 2,
    *[("vi", "nhược điểm của máy ảo")] * 3,
    *[("vi", "độ trễ thấp")] * 2,
    *[("vi", "hỗ trợ NUMA không")] * 2,
    *[("vi", "cần mua thêm gì nữa")] * 9,
    ("en", "hapax workload"),
]
SPELLER = Speller(build_lexicon(TEXTS))


def corrected(text: str) -> str:
    return " ".join(SPELLER.correct(words(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("memroy", "memory"),
        ("memmory", "memory"),
        ("memry", "memory"),
        ("nhouc", "nhuoc"),
        ("vitualizaton", "virtualization"),
        ("điểmm", "diem"),
    ],
)
def test_typos_are_corrected(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("word", ["numa", "memory", "memories", "điểm", "what"])
def test_known_words_stay_in_any_form(word: str) -> None:
    assert corrected(word) == word


@pytest.mark.parametrize("word", ["vrtulizaton", "mem0ry", "zq", "x86"])
def test_words_that_are_too_far_or_no_words_stay(word: str) -> None:
    assert corrected(word) == word


def test_the_neighbours_decide_between_equally_near_words() -> None:
    assert corrected("nmua") != "numa"
    assert corrected("hỗ trợ nmua không") == "hỗ trợ numa không"


@pytest.mark.parametrize(
    ("typed", "meant"), [("điếp", "điếp"), ("nhược điếp", "nhược diem"), ("mhy", "mhy"), ("mhy ảo", "may ảo")]
)
def test_a_short_word_or_a_correct_syllable_needs_a_neighbour(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_a_short_word_that_the_knowledge_has_once_attracts_nothing() -> None:
    assert corrected("hapaz") == "hapaz"
    assert corrected("worklaod") == "workload"


def test_a_corrected_word_is_a_neighbour_too() -> None:
    assert corrected("vitual mahcine") == "virtual machine"


@given(st.text())
def test_every_word_stays_one_word(text: str) -> None:
    assert len(SPELLER.correct(words(text))) == len(words(text))


@given(st.lists(st.sampled_from(["memroy", "nhouc", "diem", "stage", "mua", "zzz"])))
def test_correcting_twice_changes_nothing(row: list[str]) -> None:
    assert SPELLER.correct(SPELLER.correct(row)) == SPELLER.correct(row)


def test_of_very_many_unknown_words_the_first_forty_are_looked_up() -> None:
    assert corrected("memroy " * 100).split() == ["memory"] * 40 + ["memroy"] * 60
