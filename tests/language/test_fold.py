"""The keys of a word: without diacritics, and without the place of the tone mark."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.fold import fold, split_tone, tone_last

ANY_TEXT = st.text(st.characters())


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_folded_text_has_no_diacritics_and_no_capitals(text: str) -> None:
    folded = fold(text)
    assert folded == folded.casefold()
    assert not any(unicodedata.combining(char) for char in folded)


@given(st.text("aàáảãạăằặâấậđeêếệiíoôộơớợuưứựyýỵbcghklmnpqrstvx "))
def test_folding_does_not_care_about_capitals_and_composition(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Ưu điểm", "uu diem"),
        ("ĐƯỜNG", "duong"),
        ("Máy Ảo", "may ao"),
        ("Straße", "strasse"),
        ("ＫＶＭ", "kvm"),
        ("ﬁle", "file"),
        ("x86_64", "x86_64"),
    ],
)
def test_diacritics_capitals_and_forms_are_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "toneless", "tone"),
    [
        ("Hòa", "hoa", "f"),
        ("ĐƯỢC", "đươc", "j"),
        ("thuở", "thuơ", "r"),
        ("sách", "sach", "s"),
        ("ngã", "nga", "x"),
        ("mượn", "mươn", "j"),
        ("không", "không", ""),
        ("kvm", "kvm", ""),
        ("", "", ""),
    ],
)
def test_tone_is_split_from_the_letters(word: str, toneless: str, tone: str) -> None:
    assert split_tone(word) == (toneless, tone)


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("thúy", "thuý"), ("khỏe", "khoẻ"), ("hủy", "huỷ"), ("Tuỳ", "tùy")]
)
def test_place_of_the_tone_does_not_count(old: str, new: str) -> None:
    assert tone_last(old) == tone_last(new)


@pytest.mark.parametrize(("one", "other"), [("má", "mà"), ("ma", "má"), ("mơ", "mo"), ("đa", "da"), ("mas", "má")])
def test_tone_and_letters_do_count(one: str, other: str) -> None:
    assert tone_last(one) != tone_last(other)


def test_word_without_a_tone_is_only_put_in_lower_case() -> None:
    assert tone_last("Không") == "không"


@given(ANY_TEXT)
def test_moving_the_tone_does_not_care_about_composition(text: str) -> None:
    assert tone_last(unicodedata.normalize("NFD", text)) == tone_last(text)
