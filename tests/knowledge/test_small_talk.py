"""Read small-talk.yaml."""

import pytest

from faqbot.knowledge.model import SmallTalk
from faqbot.knowledge.small_talk import read_small_talk
from tests.knowledge.building import yaml_of


def small_talk_faults(text: str) -> list[tuple[int, str]]:
    file, faults = yaml_of(text)
    read_small_talk(file)
    return [(fault.line, fault.message) for fault in faults]


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


def test_an_empty_file_holds_no_small_talk() -> None:
    assert read_small_talk(yaml_of("")[0]) == []
