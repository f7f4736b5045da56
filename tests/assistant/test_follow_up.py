"""A message takes up what the reply before it left behind, and nothing else."""

import pytest

from faqbot.assistant import Assistant
from faqbot.assistant.follow_up import FollowUps
from faqbot.assistant.section_answers import SectionAnswers
from faqbot.decision import Kind
from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.reply import Conversation, Reply

HOURS, LOANS, RENEWAL, FINES, GONE = (
    SectionKey("guide", name) for name in ("hours", "loans", "renewal", "fines", "gone")
)
AFTER_FINES = Conversation("vi", FINES)
ASKED_BACK = Conversation("vi", None, clarified=True, offered=(RENEWAL, GONE, FINES))
TOLD_ALL = Conversation("vi", LOANS, offered=(RENEWAL, FINES))


@pytest.fixture(scope="module")
def follow_ups(library: Assistant) -> FollowUps:
    return FollowUps(library.knowledge, SectionAnswers(library.knowledge, library.matcher.index))


class Replying:
    """Reads messages and takes them up."""

    def __init__(self, library: Assistant, follow_ups: FollowUps) -> None:
        self._library = library
        self._follow_ups = follow_ups

    def __call__(self, text: str, before: Conversation | None, *, public_only: bool = False) -> Reply | None:
        return self._follow_ups.reply(self._library.read(text), "vi", before, public_only=public_only)


@pytest.fixture
def reply(library: Assistant, follow_ups: FollowUps) -> Replying:
    return Replying(library, follow_ups)


@pytest.mark.parametrize("text", ["2", "không cái nào", "nói rõ hơn", "tiền phạt"])
def test_at_the_start_there_is_nothing_to_take_up(reply: Replying, text: str) -> None:
    assert reply(text, None) is None


@pytest.mark.parametrize("before", [AFTER_FINES, ASKED_BACK, TOLD_ALL])
def test_a_question_of_its_own_takes_nothing_up(reply: Replying, before: Conversation) -> None:
    assert reply("mượn được mấy cuốn sách", before) is None


@pytest.mark.parametrize(("text", "section"), [("1", RENEWAL), ("cái thứ 3", FINES), ("the first one", RENEWAL)])
def test_a_number_takes_the_section_on_offer_at_that_place(reply: Replying, text: str, section: SectionKey) -> None:
    taken = reply(text, ASKED_BACK)
    assert taken is not None
    assert (taken.kind, taken.section, taken.passage) == (Kind.ANSWER, section, None)


@pytest.mark.parametrize(("text", "before"), [("2", ASKED_BACK), ("3", TOLD_ALL), ("1", AFTER_FINES)])
def test_a_number_of_nothing_on_offer_takes_none(reply: Replying, text: str, before: Conversation) -> None:
    assert reply(text, before) is None


def test_none_of_these_leads_to_a_person_only_after_a_question_back(reply: Replying) -> None:
    led = reply("không cái nào", ASKED_BACK)
    assert led is not None
    assert (led.kind, led.offers_person) == (Kind.DECLINE, True)
    assert reply("không cái nào", TOLD_ALL) is None


def test_more_is_what_to_read_next_and_the_second_time_a_person(reply: Replying) -> None:
    first = reply("nói rõ hơn", Conversation("vi", LOANS))
    assert first is not None
    assert (first.section, first.conversation.offered) == (LOANS, (RENEWAL, FINES))
    second = reply("nói rõ hơn", first.conversation)
    assert second is not None
    assert second.text == language_pack("vi").say("ask_a_person")


def test_more_offers_people_from_outside_public_sections_alone(reply: Replying) -> None:
    more = reply("nói rõ hơn", AFTER_FINES, public_only=True)
    assert more is not None
    assert set(more.conversation.offered) <= {HOURS}


@pytest.mark.parametrize("before", [Conversation("vi"), Conversation("vi", GONE)])
def test_there_is_no_more_of_nothing(reply: Replying, before: Conversation) -> None:
    assert reply("nói rõ hơn", before) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [("còn gia hạn", "gia hạn"), ("what about renewal", "renewal"), ("thế còn mượn sách", "mượn sách")],
)
def test_words_that_carry_on_are_taken_off_after_an_answer(
    library: Assistant, follow_ups: FollowUps, text: str, bare: str
) -> None:
    meant, after = follow_ups.carried_on(library.read(text), AFTER_FINES)
    assert meant.tokens == library.read(bare).tokens
    assert after == library.knowledge.by_key[FINES]


@pytest.mark.parametrize(
    ("text", "carries_on"), [("mỗi ngày", True), ("còn", True), ("sinh viên được mượn tối đa mấy cuốn sách", False)]
)
def test_a_short_message_carries_on_and_a_long_one_stands_alone(
    library: Assistant, follow_ups: FollowUps, text: str, carries_on: bool
) -> None:
    utterance = library.read(text)
    meant, after = follow_ups.carried_on(utterance, AFTER_FINES)
    assert (meant, after is not None) == (utterance, carries_on)


@pytest.mark.parametrize("before", [None, Conversation("vi"), Conversation("vi", GONE)])
@pytest.mark.parametrize("text", ["còn gia hạn", "thẻ"])
def test_nothing_is_carried_on_where_nothing_was_answered(
    library: Assistant, follow_ups: FollowUps, text: str, before: Conversation | None
) -> None:
    utterance = library.read(text)
    assert follow_ups.carried_on(utterance, before) == (utterance, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_conversation_the_public_part_names_public_sections_alone(follow_ups: FollowUps, language: str) -> None:
    inner = Conversation(language, LOANS, clarified=True, offered=(FINES, HOURS, GONE), id="abc")
    assert follow_ups.public_part(inner) == Conversation(language, None, clarified=True, offered=(HOURS,), id="abc")
    assert follow_ups.public_part(Conversation(language, HOURS)) == Conversation(language, HOURS)
    assert follow_ups.public_part(None) is None
