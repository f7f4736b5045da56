"""Noise is what a keyboard makes of a text: it can be read again, and it never does more than asked."""

import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from faqbot.assistant import Assistant
from faqbot.bench.noise import raw_telex, typos, without_diacritics
from faqbot.knowledge.loader import load
from faqbot.language.fold import tone_last
from faqbot.language.token import words
from faqbot.language.vi.telex import decode
from tests.conftest import DATA

LIBRARY = load(DATA / "library")
QUESTIONS = {
    code: [question.text for question in LIBRARY.questions if question.language == code] for code in ("vi", "en")
}
TEXTS = [f"{text.title}. {text.text}" for section in LIBRARY.sections for text in section.texts.values()]
VIETNAMESE_WORDS = sorted({word for text in QUESTIONS["vi"] for word in words(text)})

any_text = st.text(st.characters()) | st.text("aâeđ\u0302\u031b\u0306\u0301 -/?")
any_question = st.sampled_from(QUESTIONS["vi"] + QUESTIONS["en"]) | any_text


@pytest.mark.parametrize("text", QUESTIONS["vi"])
def test_vietnamese_without_diacritics_is_ascii(text: str) -> None:
    bare = without_diacritics(text)
    assert bare.isascii()
    assert len(bare.split()) == len(text.split())


def test_d_with_stroke_counts_as_a_diacritic() -> None:
    assert without_diacritics("Đường đến thư viện ở đâu?") == "duong den thu vien o dau?"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ""),
        ("thư viện mở cửa lúc mấy giờ", "thuw vieenj mowr cuwar lucs maays giowf"),
        ("Được mượn 5 cuốn không?", "DDuwowcj muwownj 5 cuoons khoong?"),
        ("ĐÓNG", "DDONGs"),
        ("mỗi ngày, 2.000 đồng", "mooix ngayf, 2.000 ddoongf"),
        ("chưa đọc xong", "chuwa ddocj xong"),
        ("how do I renew a book?", "how do I renew a book?"),
    ],
)
def test_telex_keys_of_a_text(text: str, keys: str) -> None:
    assert raw_telex(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("(có thẻ)", "(cos ther)"),
        ("mở cửa…", "mowr cuwar…"),
        ("“Được”", "“DDuwowcj”"),
        ("[hạn]", "[hanj]"),
        ("mượn/trả", "muwownj/trar"),
        ("kinh tế-xã hội", "kinh tees-xax hooij"),
        ("sách\nmượn", "sachs\nmuwownj"),
    ],
)
def test_tone_is_typed_behind_its_own_word_whatever_stands_beside_it(text: str, keys: str) -> None:
    assert raw_telex(text) == keys


@pytest.mark.parametrize("text", QUESTIONS["vi"])
def test_raw_telex_is_ascii_and_reads_as_the_same_words(text: str, library: Assistant) -> None:
    reader = library.matcher.index.reader
    keys = raw_telex(text)
    assert keys.isascii()
    assert reader.read(keys).key == reader.read(text).key


@pytest.mark.parametrize("word", [word for word in VIETNAMESE_WORDS if not word.isascii()])
def test_raw_telex_of_each_word_is_decoded(word: str) -> None:
    assert tone_last(decode(raw_telex(word)) or "") == tone_last(word)


@given(st.sampled_from(QUESTIONS["vi"] + TEXTS))
def test_composition_does_not_count_in_telex(text: str) -> None:
    assert raw_telex(unicodedata.normalize("NFD", text)) == raw_telex(text)


@given(any_text)
def test_any_text_has_telex_keys(text: str) -> None:
    assert len(raw_telex(text)) >= len(unicodedata.normalize("NFC", text))


@given(any_question, st.integers(0, 5))
@example("thư \ud800 viện", 1)
def test_there_are_never_more_typos_than_asked_for(text: str, count: int) -> None:
    assert DamerauLevenshtein.distance(text, typos(text, count)) <= count


@given(any_question, st.integers(0, 5))
def test_typos_stay_inside_words(text: str, count: int) -> None:
    noisy = typos(text, count)
    assert re.sub(r"[^\W\d_]", "", noisy) == re.sub(r"[^\W\d_]", "", text)
    assert [word[0] for word in noisy.split()] == [word[0] for word in text.split()]


@pytest.mark.parametrize("text", QUESTIONS["vi"] + QUESTIONS["en"])
def test_typos_show(text: str) -> None:
    assert typos(text, 2) != text


@pytest.mark.parametrize("text", ["", "ok", "5 k", "a4 b2 ?", "to do so"])
def test_words_too_short_for_typos_stay(text: str) -> None:
    assert typos(text, 3) == text


def test_typos_are_the_same_in_every_process() -> None:
    text = "what happens if I return it late"
    script = f"from faqbot.bench.noise import typos; print(typos({text!r}, 2))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == typos(text, 2)
