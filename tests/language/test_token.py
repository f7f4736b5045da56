"""Words of a text and the keys that they are matched by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.clean import clean
from faqbot.language.token import token, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("?!… -- _", []),
        ("Mấy giờ mở cửa?", ["mấy", "giờ", "mở", "cửa"]),
        ("What's the user\u2019s limit", ["whats", "the", "users", "limit"]),
        ("RAM 16GB", ["ram", "16", "gb"]),
        ("x86_64 và i386", ["x86_64", "và", "i386"]),
        ("phạt 2.000 đồng", ["phạt", "2.000", "đồng"]),
        ("1,5TB", ["1,5", "tb"]),
        ("kernel 6.12.", ["kernel", "6.12"]),
        ("copy-on-write", ["copy", "on", "write"]),
        ("vào/ra", ["vào", "ra"]),
        ("snake_case_", ["snake_case"]),
        ("2 giờ", ["2", "giờ"]),
        ("7h30", ["7h30"]),
    ],
)
def test_text_is_split_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text(st.characters()))
def test_splitting_the_words_again_changes_nothing(text: str) -> None:
    found = words(clean(text))
    assert all(found)
    assert words(" ".join(found)) == found


@pytest.mark.parametrize(
    ("word", "accented", "stem"),
    [
        ("hòa", "hoa`f", "hoa"),
        ("hoà", "hoa`f", "hoa"),
        ("được", "đươc`j", "duoc"),
        ("máy", "may`s", "may"),
        ("machines", "machines", "machin"),
        ("machine", "machine", "machin"),
        ("migrating", "migrating", "migrat"),
        ("16", "16", "16"),
    ],
)
def test_token_has_a_key_with_and_one_without_diacritics(word: str, accented: str, stem: str) -> None:
    made = token(word)
    assert (made.text, made.accented, made.stem) == (word, accented, stem)


@pytest.mark.parametrize("word", ["không", "khong", "duoc", "được", "the", "what", "là"])
def test_function_words_of_both_languages_are_known_with_and_without_diacritics(word: str) -> None:
    assert token(word).function_word


@pytest.mark.parametrize("word", ["kvm", "thư", "viện", "library", "đáng", "cẩn", "16"])
def test_other_words_are_no_function_words(word: str) -> None:
    assert not token(word).function_word


@pytest.mark.parametrize(("word", "unaccented"), [("may", True), ("máy", False), ("đi", False), ("x86", True)])
def test_word_without_diacritics_says_so(word: str, unaccented: bool) -> None:
    assert token(word).unaccented is unaccented


def test_tokens_are_those_of_the_words() -> None:
    assert tokens("Thẻ sinh viên, 16GB") == tuple(map(token, ["thẻ", "sinh", "viên", "16", "gb"]))
