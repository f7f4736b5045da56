"""Making any text safe to handle."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.clean import clean

ANY_TEXT = st.text(st.characters())


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_shown_in_one_line(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not any(unicodedata.category(char) == "Cc" for char in cleaned)
    assert cleaned == " ".join(cleaned.split())


@given(ANY_TEXT)
def test_decomposed_text_is_cleaned_alike(text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        (" \t\r\n ", ""),
        ("Mấy giờ mở cửa?", "Mấy giờ mở cửa?"),
        ("  Mấy giờ  mở\tcửa?\n", "Mấy giờ mở cửa?"),
        ("thẻ\u00a0sinh\u3000viên", "thẻ sinh viên"),
        ("mượn\x00sách", "mượn sách"),
        ("mượn\ud800sách", "mượn sách"),
        ("\ufeffgia hạn\u200b", "gia hạn"),
        ("trả\u2028muộn", "trả muộn"),
        ("\u202esách\u202c", "sách"),
        ("\x1b[31mphạt", "[31mphạt"),
    ],
)
def test_what_cannot_be_seen_goes_and_the_rest_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
