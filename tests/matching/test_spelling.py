"""An unknown word is taken for the known one that it is nearest to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.token import tokens
from faqbot.matching.spelling import Speller

SPELLER = Speller({"memory": 9, "virtualization": 9, "nhuoc": 5, "diem": 5, "hapax": 1, "ram": 9})


def corrected(text: str) -> str:
    return " ".join(word.text for word in SPELLER.correct(tokens(text))[0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("memroy", "memory"),
        ("memmory", "memory"),
        ("memry", "memory"),
        ("nhouc", "nhuoc"),
        ("vitualizaton", "virtualization"),
    ],
)
def test_typos_are_corrected(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("word", ["ram", "memory", "memories"])
def test_known_words_stay_in_any_form(word: str) -> None:
    assert SPELLER.correct(tokens(word)) == (list(tokens(word)), [])


@pytest.mark.parametrize("word", ["vrtulizaton", "what", "mem0ry"])
def test_words_that_are_too_far_or_no_words_stay(word: str) -> None:
    assert corrected(word) == word


def test_short_words_stay() -> None:
    assert corrected("rem") == "rem"


def test_a_word_that_the_knowledge_has_once_attracts_nothing() -> None:
    assert corrected("hapaz") == "hapaz"


def test_a_correct_syllable_with_diacritics_stays() -> None:
    assert corrected("nhuộm") == "nhuộm"


def test_a_misspelt_syllable_with_diacritics_is_corrected() -> None:
    assert corrected("điểmm") == "diem"


def test_corrections_are_reported() -> None:
    _, corrections = SPELLER.correct(tokens("memroy"))
    assert [(each.typed, each.meant) for each in corrections] == [("memroy", "memory")]


@given(st.text())
def test_no_text_is_refused(text: str) -> None:
    assert len(SPELLER.correct(tokens(text))[0]) == len(tokens(text))
