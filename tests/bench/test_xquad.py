"""A file in SQuAD's format becomes knowledge without questions, and questions about it."""

import json
from pathlib import Path

import pytest

from faqbot.bench.noise import raw_telex, typos, without_diacritics
from faqbot.bench.xquad import read_xquad, variants
from faqbot.errors import EvaluationError
from faqbot.matching.calibration import DEFAULT
from faqbot.matching.index import build_index
from faqbot.matching.matcher import Matcher
from tests.bench.conftest import PARAGRAPHS

ASKED = [("Mượn được mấy cuốn?", "xquad/0")]


def test_each_paragraph_becomes_a_section_of_its_sentences(squad: Path) -> None:
    base, _ = read_xquad(squad / "tiny.vi.json", "vi")
    texts = [section.texts["vi"] for section in base.sections]
    assert [text.text for text in texts] == [context for context, _ in PARAGRAPHS]
    assert [passage.text for passage in texts[0].passages] == ["Thư viện mở cửa từ 7 giờ.", "Chủ nhật thư viện nghỉ."]
    assert base.questions == ()


def test_each_question_belongs_to_its_paragraph(squad: Path) -> None:
    base, questions = read_xquad(squad / "tiny.vi.json", "vi")
    keys = [str(section.key) for section in base.sections]
    assert questions == [(text, key) for key, (_, texts) in zip(keys, PARAGRAPHS, strict=True) for text in texts]


def test_the_language_is_the_one_told(squad: Path) -> None:
    base, _ = read_xquad(squad / "tiny.en.json", "en")
    assert {code for section in base.sections for code in section.texts} == {"en"}


def test_our_matcher_finds_the_paragraphs(squad: Path) -> None:
    base, questions = read_xquad(squad / "tiny.vi.json", "vi")
    index = build_index(base)
    matcher = Matcher(base, index, DEFAULT)
    found = [(text, str(matcher.rank(index.reader.read(text)).matches[0].section.key)) for text, _ in questions]
    assert found == questions


def paragraph(**changed: object) -> str:
    """Return a file of one paragraph with a part of it changed."""
    whole = {"context": "Thư viện nghỉ.", "qas": [{"question": "Khi nào nghỉ?"}]} | changed
    return json.dumps({"data": [{"paragraphs": [whole]}]})


@pytest.mark.parametrize(
    "content",
    [
        "",
        "không phải JSON",
        "[]",
        "{}",
        '{"data": 5}',
        '{"data": [{}]}',
        paragraph(context=None),
        paragraph(qas=None),
        paragraph(qas=[{}]),
        paragraph(qas=[{"question": 5}]),
        paragraph(qas=[{"question": None}]),
        "[" * 200_000,
    ],
    ids=lambda content: content[-40:],
)
def test_a_file_in_another_format_is_refused_by_name(content: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.vi.json"
    file.write_text(content, "utf-8")
    with pytest.raises(EvaluationError, match=r"odd\.vi\.json: no file in SQuAD's format"):
        read_xquad(file, "vi")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "odd.en.json"
    file.write_bytes(paragraph().encode("utf-16"))
    with pytest.raises(EvaluationError, match=r"odd\.en\.json"):
        read_xquad(file, "en")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"nowhere\.json"):
        read_xquad(tmp_path / "nowhere.json", "en")


def test_vietnamese_is_asked_clean_bare_mistyped_and_in_raw_keys() -> None:
    asked = ASKED[0][0]
    assert {name: questions[0][0] for name, questions in variants("vi", ASKED)} == {
        "vi": asked,
        "vi, no diacritics": without_diacritics(asked),
        "vi, 2 typos": typos(asked, 2),
        "vi, raw Telex": raw_telex(asked),
    }


def test_english_is_asked_clean_and_mistyped() -> None:
    assert [name for name, _ in variants("en", ASKED)] == ["en", "en, 2 typos"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_noise_leaves_the_sections_as_they_are(language: str) -> None:
    assert {section for _, questions in variants(language, ASKED) for _, section in questions} == {"xquad/0"}
