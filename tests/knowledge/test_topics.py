"""Read not-covered.yaml."""

from pathlib import Path

import pytest

from faqbot.knowledge.model import SectionKey, StoredQuestion, Topic
from faqbot.knowledge.topics import read_topics
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


def test_an_empty_file_holds_no_topic(tmp_path: Path) -> None:
    assert read_topics(yaml_of("")[0], cafe_sections(tmp_path)) == ([], [])
