"""Messages that ask for nothing are heard as such, and others are not."""

import pytest

from faqbot.knowledge.model import SmallTalk
from faqbot.language.utterance import Reader
from faqbot.small_talk import SmallTalkTable

GREETING = SmallTalk(
    "greeting", (("vi", "xin chào"), ("vi", "chào bạn"), ("en", "hello"), ("en", "👋")), {"vi": "Chào!"}
)
THANKS = SmallTalk("thanks", (("vi", "cảm ơn"), ("en", "thank you very much"), ("vi", "🙏")), {"vi": "Không có gì."})
AGREEMENT = SmallTalk("agreement", (("vi", "ok"), ("en", "ok"), ("vi", "vâng")), {"vi": "Vâng.", "en": "Good."})
TABLE = SmallTalkTable([GREETING, THANKS, AGREEMENT])


def heard(message: str) -> tuple[str, str | None] | None:
    found = TABLE.hear(Reader().read(message))
    return (found.kind.id, found.language) if found else None


@pytest.mark.parametrize("message", ["xin chào", "Xin chào ạ!", "XIN CHAO", "dạ chào bạn ạ"])
def test_a_phrase_is_heard_however_it_is_typed(message: str) -> None:
    assert heard(message) == ("greeting", "vi")


def test_the_language_is_that_of_the_phrase() -> None:
    assert heard("hello") == ("greeting", "en")
    assert heard("Thank you very much!") == ("thanks", "en")


def test_a_phrase_of_both_languages_is_of_neither() -> None:
    assert heard("OK!") == ("agreement", None)
    assert heard("vâng") == ("agreement", "vi")


@pytest.mark.parametrize("message", ["👋", "👋👋👋", "👋🏽", " 👋 "])
def test_a_sign_is_heard_in_any_colour_and_number(message: str) -> None:
    assert heard(message) == ("greeting", None)


def test_the_longest_of_several_phrases_tells_the_kind() -> None:
    assert heard("hello, thank you very much") == ("thanks", "en")


@pytest.mark.parametrize("message", ["xin chào, mấy giờ mở cửa", "please", "ạ", "🎉", "sách"])
def test_anything_else_is_no_small_talk(message: str) -> None:
    assert heard(message) is None
