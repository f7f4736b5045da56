"""A message as typed, turned into words as they were meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.knowledge.model import KnowledgeBase
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.language.utterance import Reader

QUESTIONS = {
    "vi": ("mấy giờ thư viện mở cửa", "muon sach can gi", "gia hạn được mấy lần", "mất thẻ thì sao", "KVM là gì"),
    "en": ("when does the library open", "how long can I keep a book", "I lost my card", "what is KVM"),
}
TYPICAL = [(language, question) for language, questions in QUESTIONS.items() for question in questions]
FILLERS = [(language, filler) for language in LANGUAGES for filler in language_pack(language).fillers]


@given(st.text(st.characters()) | st.text("aeouwdsfrxj169 'ăđẹ.,-_\0\ud800\u0301"))
def test_any_text_can_be_read(message: str) -> None:
    read = Reader().read(message)
    assert read.language in (None, *LANGUAGES)
    assert read.key == " ".join(read.key.split())


@given(st.text(st.characters()))
def test_any_text_can_be_read_as_stored(text: str) -> None:
    assert Reader().read_stored(text).changes == ()


@given(st.text(st.characters()))
def test_composition_does_not_count(message: str) -> None:
    assert Reader().read(unicodedata.normalize("NFD", message)) == Reader().read(message)


@pytest.mark.parametrize(("language", "filler"), FILLERS)
def test_fillers_before_or_behind_do_not_count(language: str, filler: str, reader: Reader) -> None:
    for question in QUESTIONS[language]:
        key = reader.read(question).key
        assert reader.read(f"{filler} {question}").key == key
        assert reader.read(f"{question}, {filler}").key == key


@pytest.mark.parametrize(("language", "question"), TYPICAL)
def test_capitals_spaces_and_punctuation_do_not_count(language: str, question: str, reader: Reader) -> None:
    key = reader.read(question).key
    assert reader.read(question.upper()).key == key
    assert reader.read(f"  {question.replace(' ', '   ').title()} ?!\n").key == key
    assert reader.read(unicodedata.normalize("NFD", question)).key == key


@pytest.mark.parametrize(("language", "question"), TYPICAL)
def test_language_of_a_message_is_told(language: str, question: str, reader: Reader) -> None:
    assert reader.read(question).language == language


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("Dạ cho em hỏi thư viện mở cửa chưa ạ", "thư viện mở cửa chưa"),
        ("da cho em hoi gia han sach a", "gia han sach"),
        ("Hi, can you tell me the opening hours please? Thanks!", "the opening hours"),
        ("bạn ơi mình muốn hỏi giờ mở cửa nhé", "giờ mở cửa"),
    ],
)
def test_politeness_is_left_out(message: str, key: str, reader: Reader) -> None:
    assert reader.read(message).key == reader.read_stored(key).key


@pytest.mark.parametrize("message", ["xin chào", "thanks", "dạ vâng ạ", "hello there"])
def test_message_of_fillers_alone_keeps_them(message: str, reader: Reader) -> None:
    assert [token.text for token in reader.read(message).tokens] == message.split()


def test_single_filler_word_inside_a_message_stays(reader: Reader) -> None:
    assert reader.read("how well does it work").key == "how well does it work"


def test_place_of_the_tone_does_not_count_but_diacritics_do(reader: Reader) -> None:
    assert reader.read("hủy thẻ").key == reader.read("huỷ thẻ").key
    assert reader.read("huy the").key != reader.read("hủy thẻ").key
    assert reader.read("huy the").plain_key == reader.read("hủy thẻ").plain_key


@pytest.mark.parametrize(
    ("message", "meant", "changes"),
    [
        ("gia hạn sách ntn", "gia hạn sách như thế nào", (("ntn", "như thế nào"),)),
        ("sách này mượn đc ko", "sách này mượn được không", (("đc", "được"), ("ko", "không"))),
        ("what is the diff", "what is the difference", (("diff", "difference"),)),
        ("can u help", "can you help", (("u", "you"),)),
        ("thuw vieenj", "thư viện", (("thuw", "thư"), ("vieenj", "viện"))),
        ("the sinhvien", "the sinh vien", (("sinhvien", "sinh vien"),)),
        ("tui mất thẻ", "tui mất thẻ", ()),
        ("mượn 5 k", "mượn 5 k", ()),
        ("ram 16gb", "ram 16 gb", ()),
    ],
)
def test_words_are_understood_and_changes_noted(
    message: str, meant: str, changes: tuple[tuple[str, str], ...], reader: Reader
) -> None:
    read = reader.read(message)
    assert " ".join(token.text for token in read.tokens) == meant
    assert read.changes == changes


@pytest.mark.parametrize(("message", "language"), [("sách vs vở", "vi"), ("books vs e-books", "en")])
def test_shorthand_is_that_of_the_language(message: str, language: str, reader: Reader) -> None:
    meant = language_pack(language).shorthand["vs"]
    assert ("vs", meant) in reader.read(message).changes


def test_shorthand_in_a_message_of_no_language_is_that_of_the_default() -> None:
    read = Reader().read("r")
    assert (read.language, read.changes) == (None, (("r", "rồi"),))


@pytest.mark.parametrize("name", ["Hyper-V", "AMD-V", "XCP-ng"])
def test_part_of_a_hyphenated_name_is_no_shorthand(name: str, reader: Reader) -> None:
    assert reader.read(f"{name} là gì").key == reader.read_stored(f"{name} là gì").key


def test_stored_text_is_taken_as_it_is_written(reader: Reader) -> None:
    read = reader.read_stored(" Dạ  mượn sách ntn ạ ")
    assert (read.text, read.language, read.changes) == ("Dạ mượn sách ntn ạ", None, ())
    assert [token.text for token in read.tokens] == ["mượn", "sách", "ntn"]


def test_stored_questions_of_the_school_are_read_as_they_are_stored(school: KnowledgeBase, reader: Reader) -> None:
    texts = [question.text for question in school.questions]
    assert [text for text in texts if reader.read(text).key != reader.read_stored(text).key] == []
