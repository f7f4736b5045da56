"""Which letters make a Vietnamese syllable, and where its tone mark sits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.fold import fold, split_tone, tone_last
from faqbot.language.vi import RULES
from faqbot.language.vi.syllable import is_syllable, looks_vietnamese, place_tone

LOANS_AND_CHAT = {"alô", "appétit", "café", "hđh", "menđen", "nuclêôtit", "okê", "pokémon", "virút"}


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyển",
        "giếng",
        "gì",
        "thuở",
        "khuếch",
        "ngoẵng",
        "khuya",
        "ngoằn",
        "quýt",
        "yếu",
        "ươn",
        "xoong",
        "thuý",
        "quở",
        "giặt",
        "đường",
        "ừ",
    ],
)
def test_possible_syllables_are_accepted(word: str) -> None:
    assert is_syllable(*split_tone(word))


@pytest.mark.parametrize("letters", ["", "q", "th", "kvm", "ưe", "quu", "server", "điênm", "ađ", "nghh", "bên máy"])
def test_other_letters_are_no_syllable(letters: str) -> None:
    assert not is_syllable(letters)


@pytest.mark.parametrize("tone", ["", "s", "j"])
@pytest.mark.parametrize("toneless", ["cac", "sach", "lơp", "biêt"])
def test_syllable_that_ends_in_a_stop_takes_sharp_and_heavy_tones(toneless: str, tone: str) -> None:
    assert is_syllable(toneless, tone)


@pytest.mark.parametrize("tone", ["f", "r", "x"])
@pytest.mark.parametrize("toneless", ["cac", "sach", "lơp", "biêt"])
def test_syllable_that_ends_in_a_stop_takes_no_other_tone(toneless: str, tone: str) -> None:
    assert not is_syllable(toneless, tone)


def test_marked_words_of_the_shipped_knowledge_are_syllables(shipped_words: frozenset[str]) -> None:
    marked = [word for word in shipped_words if any(letter in word for letter in RULES.letters)]
    assert {word for word in marked if not is_syllable(*split_tone(word))} <= LOANS_AND_CHAT


@pytest.mark.parametrize("folded", ["may", "ao", "quan", "ly", "gi", "duong", "nghieng", "khuya", "u", "quyet"])
def test_syllable_without_diacritics_looks_vietnamese(folded: str) -> None:
    assert looks_vietnamese(folded)


@pytest.mark.parametrize("folded", ["", "kvm", "snapshot", "quu", "q", "library", "windows", "đi", "cpu"])
def test_other_word_does_not_look_vietnamese(folded: str) -> None:
    assert not looks_vietnamese(folded)


def test_syllables_look_vietnamese_without_their_diacritics(marked_syllables: list[str]) -> None:
    assert [word for word in marked_syllables if not looks_vietnamese(fold(word))] == []


@pytest.mark.parametrize(
    ("toneless", "tone", "word"),
    [
        ("hoa", "f", "hoà"),
        ("thuy", "s", "thuý"),
        ("khoe", "r", "khoẻ"),
        ("hoan", "f", "hoàn"),
        ("ngoai", "f", "ngoài"),
        ("mua", "f", "mùa"),
        ("qua", "s", "quá"),
        ("quy", "x", "quỹ"),
        ("gi", "f", "gì"),
        ("gia", "f", "già"),
        ("giêng", "s", "giếng"),
        ("lưa", "r", "lửa"),
        ("đươc", "j", "được"),
        ("nghiêp", "j", "nghiệp"),
        ("khuyu", "r", "khuỷu"),
        ("tây", "", "tây"),
    ],
)
def test_tone_sits_on_its_vowel(toneless: str, tone: str, word: str) -> None:
    assert place_tone(toneless, tone) == word


@pytest.mark.parametrize("tone", ["", "s"])
def test_tone_needs_a_syllable(tone: str) -> None:
    with pytest.raises(ValueError, match="'kvm' is not a Vietnamese syllable"):
        place_tone("kvm", tone)


def test_tone_can_be_taken_off_and_put_back(marked_syllables: list[str]) -> None:
    assert [word for word in marked_syllables if tone_last(place_tone(*split_tone(word))) != tone_last(word)] == []


@given(st.text("abcdeghiklmnopqrstuvxyăâđêôơư", max_size=4))
def test_every_syllable_looks_vietnamese(letters: str) -> None:
    assert looks_vietnamese(fold(letters)) or not is_syllable(letters)
