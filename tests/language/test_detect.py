"""Which language a short message is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.detect import detect
from faqbot.language.lexicon import EMPTY, Lexicon
from faqbot.language.token import words
from tests.language.lexicons import build_lexicon

VIETNAMESE = (
    "mấy giờ mở cửa",
    "may gio mo cua",
    "mượn được mấy cuốn",
    "muon duoc may cuon",
    "quên thẻ thì sao",
    "ko mang the co muon dc ko",
    "gia hạn sách ntn",
    "máy ảo là gì",
    "may ao la gi",
    "kvm là gì",
    "kvm la gi",
    "live migration hoạt động thế nào",
    "live migration la gi",
    "cach tao snapshot cho vm",
    "cấu hình storage pool",
    "host cần ram bao nhiêu",
    "co ho tro windows khong",
    "setup the nao",
    "so sanh kvm voi xen",
    "ok vậy renew online được ko",
    "là",
    "ko",
)
ENGLISH = (
    "when does the library open",
    "how many books can i take home",
    "borrow 5 books",
    "opening hours",
    "what is kvm",
    "how much ram",
    "can i use nfs",
    "does it support windows",
    "how do i take a snapshot of a vm",
    "live migration",
    "is there a fee",
    "whats the diff",
    "install guide",
    "thx",
)


@pytest.mark.parametrize("message", VIETNAMESE)
def test_vietnamese_is_recognised_with_and_without_diacritics(message: str, lexicon: Lexicon) -> None:
    assert detect(words(message), lexicon) == "vi"
    assert detect(words(message), EMPTY) == "vi"


@pytest.mark.parametrize("message", ENGLISH)
def test_english_is_recognised(message: str, lexicon: Lexicon) -> None:
    assert detect(words(message), lexicon) == "en"
    assert detect(words(message), EMPTY) == "en"


@pytest.mark.parametrize("message", ["", "123", "16 2.000", "?"])
def test_message_that_shows_no_language_is_left_open(message: str) -> None:
    assert detect(words(message), EMPTY) is None


def test_a_number_shows_no_language_even_where_only_one_uses_it() -> None:
    lexicon = build_lexicon([("vi", "mỗi lần 5 cuốn")])
    assert detect(["5"], lexicon) is None
    assert detect(["5", "books", "please"], lexicon) == "en"


def test_technical_word_of_both_languages_speaks_for_neither() -> None:
    lexicon = build_lexicon([("vi", "snapshot là gì"), ("en", "what is a snapshot")])
    assert detect(["snapshot"], lexicon) is None
    assert detect(["snapshot", "là", "gì"], lexicon) == "vi"
    assert detect(["what", "is", "snapshot"], lexicon) == "en"


def test_a_technical_word_that_one_language_uses_a_little_more_speaks_for_neither() -> None:
    lexicon = build_lexicon([("vi", "ram " * 13), ("en", "ram " * 10)])
    assert detect(["ram"], lexicon) is None


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_knowledge_decides_about_a_word_that_its_texts_use_more_in_one_language(language: str, other: str) -> None:
    lexicon = build_lexicon([(language, "pool pool pool"), (other, "pool")])
    assert detect(["pool"], lexicon) == language


@pytest.mark.parametrize(("word", "language"), [("tuong", "vi"), ("qemu", "en"), ("kvm", "en"), ("x", None)])
def test_shape_decides_about_an_unknown_word(word: str, language: str | None) -> None:
    assert detect([word], EMPTY) == language


@given(st.lists(st.text(st.characters(), min_size=1)))
def test_order_of_the_words_does_not_count(row: list[str]) -> None:
    assert detect(row, EMPTY) == detect(row[::-1], EMPTY)
