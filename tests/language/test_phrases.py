"""Known phrases in a row of tokens."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.phrases import PhraseFound, PhraseTable, fits
from faqbot.language.token import token, tokens

TABLE = PhraseTable(
    [
        ("máy ảo", "vm"),
        ("máy", "machine"),
        ("máy chủ ảo", "vps"),
        ("virtual machine", "vm"),
        ("mây", "cloud"),
        ("", "nothing"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("máy ảo là gì", [PhraseFound(0, 2, "vm")]),
        ("cho em hỏi may ao", [PhraseFound(3, 5, "vm")]),
        ("MÁY CHỦ ẢO, máy ảo", [PhraseFound(0, 3, "vps"), PhraseFound(3, 5, "vm")]),
        ("máy chủ", [PhraseFound(0, 1, "machine")]),
        ("many virtual machines", [PhraseFound(1, 3, "vm")]),
        ("máy máy ảo ảo", [PhraseFound(0, 1, "machine"), PhraseFound(1, 3, "vm")]),
        ("máy áo", [PhraseFound(0, 1, "machine")]),
        ("mấy giờ", []),
        ("", []),
    ],
)
def test_phrases_are_found_from_left_to_right_the_longest_first(text: str, found: list[PhraseFound[str]]) -> None:
    assert list(TABLE.all_in(tokens(text))) == found


@pytest.mark.parametrize(("text", "value"), [("mây", "cloud"), ("máy", "machine"), ("may", "machine")])
def test_diacritics_decide_and_without_them_the_first_given_wins(text: str, value: str) -> None:
    assert TABLE.at(tokens(text), 0) == PhraseFound(0, 1, value)


def test_phrase_given_without_diacritics_fits_a_word_with_them() -> None:
    assert PhraseTable([("may ao", 1)]).whole(tokens("máy ảo")) == 1


def test_phrases_may_stand_for_themselves() -> None:
    assert PhraseTable.of(["máy ảo", "mây"]).whole(tokens("may ao")) == "máy ảo"


def test_nothing_is_found_where_no_phrase_begins() -> None:
    assert TABLE.at(tokens("là máy ảo"), 0) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("Máy ảo?", "vm"), ("virtual machines", "vm"), ("máy ảo là", None), ("máy chủ", None), ("chủ", None), ("", None)],
)
def test_whole_row_is_a_phrase_or_not(text: str, value: str | None) -> None:
    assert TABLE.whole(tokens(text)) == value


@pytest.mark.parametrize(
    ("typed", "meant", "can_be"),
    [
        ("máy", "máy", True),
        ("may", "máy", True),
        ("máy", "may", True),
        ("hoà", "hòa", True),
        ("mấy", "máy", False),
        ("machines", "machine", True),
        ("may", "ảo", False),
    ],
)
def test_typed_word_fits_what_it_may_mean(typed: str, meant: str, can_be: bool) -> None:
    assert fits(token(typed), token(meant)) is can_be


@given(st.lists(st.sampled_from(["máy", "may", "mây", "ảo", "ao", "chủ", "virtual", "machine", "là"])))
def test_found_phrases_do_not_overlap_and_are_the_longest(typed: list[str]) -> None:
    row = tokens(" ".join(typed))
    found = list(TABLE.all_in(row))
    assert all(one.end <= other.start for one, other in pairwise(found))
    for phrase in found:
        longer = range(phrase.end + 1, len(row) + 1)
        assert not any(TABLE.whole(row[phrase.start : end]) for end in longer)
