"""What is not read again would have been read the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.rereading import Rereader
from faqbot.language.utterance import Reader
from tests.language.lexicons import build_lexicon

WORDS = (
    *("mượn", "sách", "được", "bao", "lâu", "ko", "dc", "thẻ", "sinh", "viên", "muon", "sach", "maychu", "nhuw", "cas"),
    *("how", "long", "may", "keep", "books", "pls", "wifi", "log", "login", "librery", "library", "host", "2", "16gb"),
    *("duwowcj", "ddieemr", "máy", "chủ", "ma", "chao", "alo", "libraries", "hosts", "the"),
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(st.tuples(st.sampled_from(["vi", "en"]), SENTENCES), max_size=6)


@given(texts=TEXTS, more=TEXTS, message=SENTENCES | st.text(min_size=1, max_size=30))
def test_reading_again_gives_what_reading_afresh_gives(
    texts: list[tuple[str, str]], more: list[tuple[str, str]], message: str
) -> None:
    before, after = Reader(build_lexicon(texts)), Reader(build_lexicon([*texts, *more]))
    assert Rereader(before, after).read(message, before.read(message)) == after.read(message)


@given(texts=TEXTS, more=TEXTS, message=SENTENCES)
def test_so_it_does_where_words_got_lost(
    texts: list[tuple[str, str]], more: list[tuple[str, str]], message: str
) -> None:
    before, after = Reader(build_lexicon([*texts, *more])), Reader(build_lexicon(texts))
    assert Rereader(before, after).read(message, before.read(message)) == after.read(message)


@pytest.mark.parametrize(
    ("more", "message", "same"),
    [
        ("renew a card", "how long may I keep books", True),
        ("keep calm", "how long may I keep books", True),
        ("wifi password", "wify password", False),
        ("mật khẩu wifi", "how long may I keep wifi", False),
    ],
)
def test_a_message_is_read_again_where_it_may_be_read_otherwise(more: str, message: str, same: bool) -> None:
    texts = [("en", "how long may I keep books"), ("en", "password")]
    before, after = Reader(build_lexicon(texts)), Reader(build_lexicon([*texts, ("en", more)]))
    first = before.read(message)
    assert (Rereader(before, after).read(message, first) is first) is same
