"""Raw keystrokes and missing spaces, undone."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.keyboard import decode, split_joined
from faqbot.language.lexicon import EMPTY, Lexicon
from tests.language.lexicons import build_lexicon
from tests.language.typing_keys import telex, vni

ANY_WORDS = st.lists(st.text(st.characters(), min_size=1) | st.from_regex(r"[a-z]{1,6}[0-9]{0,3}", fullmatch=True))


@pytest.mark.parametrize("typing", [telex, vni])
@pytest.mark.parametrize(
    "message", ["thư viện mở cửa mấy giờ", "gia hạn được mấy lần", "mượn sách cần thẻ gì", "trả muộn bị phạt không"]
)
def test_raw_message_is_decoded(message: str, typing: Callable[[str], str], lexicon: Lexicon) -> None:
    row = message.split()
    assert decode([typing(word) for word in row], lexicon) == row


@pytest.mark.parametrize("lexicon", [EMPTY, build_lexicon([("vi", "thư viện")])])
@pytest.mark.parametrize(("keys", "word"), [("dduwowcj", "được"), ("khoong", "không"), ("nghieepj", "nghiệp")])
def test_word_that_only_makes_sense_decoded_is_decoded(keys: str, word: str, lexicon: Lexicon) -> None:
    assert decode([keys], lexicon) == [word]


@pytest.mark.parametrize(
    "message",
    [
        "may gio thi mo cua",
        "what is the meaning of this",
        "to do so as i see it",
        "how do i renew a book",
        "mượn 5 cuốn sách được không",
        "ks dc ko",
        "win10 raid5 ipv4 a4",
        "setup vps free",
    ],
)
def test_ordinary_message_stays_as_it_is(message: str, lexicon: Lexicon) -> None:
    assert decode(message.split(), lexicon) == message.split()


@pytest.mark.parametrize(
    "word", ["cars", "errors", "boxes", "boss", "horses", "pass", "offers", "hosts", "parts", "theres", "loss"]
)
def test_english_word_that_the_knowledge_lacks_stays(word: str, lexicon: Lexicon) -> None:
    assert decode([word], lexicon) == [word]


def test_word_of_the_knowledge_stays() -> None:
    assert decode(["cas"], build_lexicon([("en", "CAS server")])) == ["cas"]


def test_familiar_word_is_decoded_too_once_two_words_were_raw() -> None:
    lexicon = build_lexicon([("vi", "mở máy thử thư viện"), ("en", "a mays")])
    assert decode(["mays"], lexicon) == ["mays"]
    assert decode(["mays", "thuw", "vieenj"], lexicon) == ["máy", "thư", "viện"]


def test_familiar_word_whose_reading_is_unknown_stays_even_then() -> None:
    lexicon = build_lexicon([("vi", "thư viện"), ("en", "cas")])
    assert decode(["cas", "thuw", "vieenj"], lexicon) == ["cas", "thư", "viện"]


@given(ANY_WORDS)
def test_decoding_keeps_the_number_of_words(row: list[str]) -> None:
    decoded = decode(row, EMPTY)
    assert len(decoded) == len(row)
    assert all(decoded)


JOINED = build_lexicon([("vi", "máy chủ ảo có thẻ sinh viên mở cửa"), ("en", "live migration host name hostname log")])


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("maychu", ["may", "chu"]),
        ("máychủ", ["máy", "chủ"]),
        ("thesinhvien", ["the", "sinh", "vien"]),
        ("livemigration", ["live", "migration"]),
        ("mocua", ["mo", "cua"]),
    ],
)
def test_joined_words_are_split(word: str, parts: list[str]) -> None:
    assert split_joined(word, JOINED) == parts


@pytest.mark.parametrize(
    "word", ["", "maao", "hostname", "snapshot", "maychusinhvien", "may16chu", "máychù", "migrationlivehost"]
)
def test_other_words_stay_whole(word: str) -> None:
    assert split_joined(word, JOINED) == [word]


def test_split_with_the_fewest_parts_wins_then_the_more_frequent() -> None:
    lexicon = build_lexicon([("en", "abcd efgh. abcde fgh ijkl. abcde fgh. abcd efghijkl")])
    assert split_joined("abcdefgh", lexicon) == ["abcde", "fgh"]
    assert split_joined("abcdefghijkl", lexicon) == ["abcd", "efghijkl"]


@pytest.mark.parametrize("word", ["lognames", "hostlog", "livehostlive"])
def test_words_that_do_not_stand_side_by_side_are_not_joined(word: str) -> None:
    lexicon = build_lexicon([("en", "log name live host")])
    assert split_joined(word, lexicon) == [word]


@given(st.text("mayhcutesinovrg", max_size=16))
def test_parts_make_the_word_again(word: str) -> None:
    parts = split_joined(word, JOINED)
    assert "".join(parts) == word
    assert len(parts) <= 3
