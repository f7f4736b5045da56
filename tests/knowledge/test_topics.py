"""Read not-covered.yaml, glossary.yaml and small-talk.yaml."""

from pathlib import Path

import pytest

from faqbot.knowledge.model import Concept, SectionKey, SmallTalk, StoredQuestion, Topic
from faqbot.knowledge.topics import read_glossary, read_small_talk, read_topics
from tests.knowledge.building import cafe_sections, yaml_of

PARKING = """\
parking:
  title: {vi: Gửi xe, en: Parking}
  nearest: hours
  reply: {vi: Chưa có thông tin., en: Not covered.}
  questions:
    vi:
      - gửi xe ở đâu
    en: [where to park]
"""


def topic_faults(text: str, folder: Path) -> list[tuple[int, str]]:
    file, faults = yaml_of(text)
    read_topics(file, cafe_sections(folder))
    return [(fault.line, fault.message) for fault in faults]


def glossary_faults(text: str) -> list[tuple[int, str]]:
    file, faults = yaml_of(text)
    read_glossary(file)
    return [(fault.line, fault.message) for fault in faults]


def small_talk_faults(text: str) -> list[tuple[int, str]]:
    file, faults = yaml_of(text)
    read_small_talk(file)
    return [(fault.line, fault.message) for fault in faults]


def test_topic_is_read_with_its_questions(tmp_path: Path) -> None:
    file, faults = yaml_of(PARKING)
    topics, questions = read_topics(file, cafe_sections(tmp_path))
    titles, replies = {"vi": "Gửi xe", "en": "Parking"}, {"vi": "Chưa có thông tin.", "en": "Not covered."}
    assert topics == [Topic("parking", titles, replies, SectionKey("cafe", "hours"))]
    assert questions == [
        StoredQuestion("gửi xe ở đâu", "vi", "topic:parking", place="notes.yaml:7"),
        StoredQuestion("where to park", "en", "topic:parking", place="notes.yaml:8"),
    ]
    assert not faults


def test_topic_without_title_and_nearest_makes_do_with_its_reply(tmp_path: Path) -> None:
    file, faults = yaml_of("parking:\n  reply: {vi: Chưa có.}\n")
    topics, questions = read_topics(file, cafe_sections(tmp_path))
    assert topics == [Topic("parking", {"vi": "Chưa có."}, {"vi": "Chưa có."}, None)]
    assert (questions, faults) == ([], [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nearest: gia", "there is no section 'gia'; there are hours, menu"),
        ("nearest: [hours]", "nearest must be a text, not a list"),
        ("near: hours", "topic 'parking' has the unknown key 'near'; known are title, nearest, reply, questions"),
        ("title: {fr: Parking}", "'fr' is no language; there are vi, en"),
        ("title: {vi: no}", "title is 'no', which YAML does not read as text; put it in quotes"),
        ("title: Gửi xe", "title must be a mapping (key: value), not a single value"),
        ("questions: {fr: [x]}", "'fr' is no language; there are vi, en"),
        ("questions: [x]", "questions must be a mapping (key: value), not a list"),
        ("questions: {vi: x}", "questions in vi must be a list, not a single value"),
        (
            "questions: {vi: [012]}",
            "an entry of questions in vi is '012', which YAML does not read as text; put it in quotes",
        ),
        ("reply: {vi: x}", "topic 'parking' has the key 'reply' twice"),
    ],
)
def test_what_a_topic_may_not_have_is_a_fault(line: str, message: str, tmp_path: Path) -> None:
    faults = topic_faults(f"parking:\n  reply: {{vi: Chưa có.}}\n  {line}\n", tmp_path)
    assert (3, message) in faults


def test_bad_nearest_is_one_fault(tmp_path: Path) -> None:
    assert len(topic_faults("parking:\n  reply: {vi: Chưa có.}\n  nearest: [hours]\n", tmp_path)) == 1


@pytest.mark.parametrize("text", ["parking:\n  title: {vi: Gửi xe}\n", "parking:\n  reply: {}\n"])
def test_topic_without_reply_is_a_fault(text: str, tmp_path: Path) -> None:
    assert topic_faults(text, tmp_path) == [(2, "topic 'parking' has no reply")]


def test_concept_joins_wordings_of_all_languages() -> None:
    file, faults = yaml_of("tea:\n  vi: [trà, chè]\n  en: [tea]\n  any: [matcha]\nfine:\n  vi: [phạt]\n")
    assert read_glossary(file) == [Concept("tea", ("trà", "chè", "tea", "matcha")), Concept("fine", ("phạt",))]
    assert not faults


def test_unknown_key_of_a_concept_is_a_fault() -> None:
    assert glossary_faults("tea:\n  fr: [thé]\n") == [
        (2, "concept 'tea' has the unknown key 'fr'; known are vi, en, any")
    ]


@pytest.mark.parametrize("wording", ["hoá đơn", "hóa đơn", "Hoá  Đơn"])
def test_wording_that_two_concepts_claim_is_a_fault(wording: str) -> None:
    text = f"bill:\n  vi: [hóa đơn]\ninvoice:\n  vi:\n    - biên lai\n    - {wording}\n"
    assert glossary_faults(text) == [(6, f"{wording!r} is claimed by 'bill' and by 'invoice'")]


@pytest.mark.parametrize("text", ["bill:\n  vi: [hoá đơn, hóa đơn]\n", "a:\n  vi: [phạt]\nb:\n  vi: [phát]\n"])
def test_one_concept_may_repeat_itself_and_tones_tell_words_apart(text: str) -> None:
    assert not glossary_faults(text)


def test_small_talk_is_read_with_phrases_of_all_languages() -> None:
    file, faults = yaml_of("greeting:\n  reply: {vi: Chào bạn!, en: Hello!}\n  phrases: {vi: [chào], en: [hi, '👋']}\n")
    assert read_small_talk(file) == [
        SmallTalk("greeting", (("vi", "chào"), ("en", "hi"), ("en", "👋")), {"vi": "Chào bạn!", "en": "Hello!"})
    ]
    assert not faults


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "hi:\n  reply: {vi: x}\n  phrase: {}\n",
            3,
            "small talk 'hi' has the unknown key 'phrase'; known: phrases, reply",
        ),
        ("hi:\n  phrases: {vi: [chào]}\n", 2, "small talk 'hi' has no reply"),
        ("hi:\n  reply: {fr: x, vi: y}\n", 2, "'fr' is no language; there are vi, en"),
        ("hi:\n  reply: {vi: y}\n  phrases: {fr: [x]}\n", 3, "'fr' is no language; there are vi, en"),
        ("no:\n  reply: {vi: y}\n", 1, "a key of the file is 'no', which YAML does not read as text; put it in quotes"),
    ],
)
def test_what_small_talk_may_not_have_is_a_fault(text: str, line: int, message: str) -> None:
    assert small_talk_faults(text) == [(line, message)]


def test_empty_files_hold_nothing(tmp_path: Path) -> None:
    assert read_topics(yaml_of("")[0], cafe_sections(tmp_path)) == ([], [])
    assert read_glossary(yaml_of("")[0]) == []
    assert read_small_talk(yaml_of("")[0]) == []
