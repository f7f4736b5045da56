"""Where people from outside read along, only sections marked public are answered with, offered or carried on from.

Of the school library they may know the opening hours alone.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.decision import Kind
from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import language_pack
from faqbot.reply import Conversation, Reply

HOURS, LOANS, FINES = (SectionKey("guide", name) for name in ("hours", "loans", "fines"))
ASKED = {
    HOURS: "are you open on Sunday",
    LOANS: "how many books can I take home",
    FINES: "what does a late book cost",
}


def named(reply: Reply) -> set[SectionKey | None]:
    """Every section that a reply names or leaves behind."""
    left = reply.conversation
    return {reply.section, left.section, *left.offered, *(each.key for each in reply.suggestions)} - {None}


def asked(assistant: Assistant, text: str, conversation: Conversation | None = None, *, public_only: bool) -> Reply:
    return assistant.ask(Question(text, None, conversation, public_only))


def test_a_public_section_is_answered_with(library: Assistant) -> None:
    reply = asked(library, ASKED[HOURS], public_only=True)
    assert (reply.kind, reply.section, reply.passage) == (Kind.ANSWER, HOURS, "It is closed on Sundays.")


def test_related_sections_are_left_out_unless_they_are_public(library: Assistant) -> None:
    assert asked(library, ASKED[HOURS], public_only=True).suggestions == ()
    assert [each.key for each in asked(library, ASKED[HOURS], public_only=False).suggestions] == [LOANS]


def test_any_other_section_is_declined_in_the_plain_words(library: Assistant) -> None:
    reply = asked(library, ASKED[LOANS], public_only=True)
    assert (reply.kind, reply.words) == (Kind.DECLINE, language_pack("en").say("decline"))
    assert named(reply) == set()


def test_insiders_still_get_every_section(library: Assistant) -> None:
    assert asked(library, ASKED[LOANS], public_only=False).section == LOANS


def test_the_reply_of_a_topic_stays_inside(library: Assistant) -> None:
    question = "em bị mất thẻ"
    inside, outside = (asked(library, question, public_only=only) for only in (False, True))
    assert inside.words != language_pack("vi").say("decline")
    assert outside.text == language_pack("vi").say("decline")


@pytest.mark.parametrize("text", ["more", "1", "number one"])
def test_a_conversation_about_an_inner_section_is_not_carried_on(library: Assistant, text: str) -> None:
    before = Conversation("en", LOANS, clarified=True, offered=(LOANS, FINES))
    assert named(asked(library, text, before, public_only=True)) == set()


def test_of_several_questions_the_public_ones_are_answered(library: Assistant) -> None:
    message = f"{ASKED[HOURS]}? And {ASKED[LOANS]}?"
    assert "5 books" in asked(library, message, public_only=False).text
    assert "5 books" not in asked(library, message, public_only=True).text


def test_small_talk_goes_on(library: Assistant) -> None:
    assert asked(library, "hello", public_only=True).kind is Kind.SMALL_TALK


def test_a_section_chosen_before_is_shown_with_its_passage(library: Assistant) -> None:
    shown = library.show(HOURS, "en", "It is closed on Sundays.", public_only=True)
    assert shown is not None
    assert "<mark>It is closed on Sundays.</mark>" in shown.html


@pytest.mark.parametrize(("key", "public_only"), [(LOANS, True), (SectionKey("guide", "gone"), False)])
def test_a_section_that_may_not_be_shown_or_is_gone_is_not(
    library: Assistant, key: SectionKey, public_only: bool
) -> None:
    assert library.show(key, "en", None, public_only=public_only) is None


def test_a_passage_that_is_gone_is_not_marked(library: Assistant) -> None:
    shown = library.show(LOANS, "en", "Bring a cake.", public_only=False)
    assert shown is not None
    assert (shown.passage, "<mark>" in shown.html) == (None, False)


@given(
    text=st.one_of(
        st.text(max_size=40).filter(str.strip), st.sampled_from([*ASKED.values(), "sách", "còn gia hạn", "2"])
    ),
    section=st.sampled_from([None, HOURS, LOANS, FINES]),
    offered=st.lists(st.sampled_from([HOURS, LOANS, FINES]), max_size=3),
)
def test_no_message_brings_an_inner_section_out(
    library: Assistant, text: str, section: SectionKey | None, offered: list[SectionKey]
) -> None:
    before = Conversation("vi", section, bool(offered), tuple(offered))
    reply = asked(library, text, before, public_only=True)
    assert named(reply) <= {HOURS}
    inner = [each for each in library.knowledge.sections if each.key != HOURS]
    assert [t.title for each in inner for t in each.texts.values() if t.title in reply.text] == []
