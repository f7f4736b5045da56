"""Replies are made of written words only: in plain text and in HTML, in the language that is asked for."""

from collections.abc import Sequence

import pytest

from faqbot.decision import Kind
from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.reply import Conversation, Suggestion
from faqbot.reply.quotation import Quotation
from faqbot.reply.wording import (
    MOST_TO_READ,
    answer,
    ask_a_person,
    clarify,
    decline,
    not_understood,
    read_next,
    small_talk,
    suggestions,
)
from tests.quoted import CARD, FIVE, LOANS, LOANS_KEY, MATCHES, RENEWAL, RENEWAL_KEY

BEFORE = Conversation("vi", RENEWAL_KEY, clarified=True)
OFFERED = (Suggestion(RENEWAL_KEY, "Renewal <1>", 0.0),)


def named(offered: Sequence[Suggestion]) -> list[tuple[str, float]]:
    return [(suggestion.title, suggestion.confidence) for suggestion in offered]


def test_answer_says_the_passage_and_then_the_whole_section() -> None:
    reply = answer([Quotation(LOANS, FIVE, 0.8)], "en")
    assert reply.text == f"{FIVE.text}\n\nLoans & cards\n{CARD.text}\n- {FIVE.text}"
    assert (reply.kind, reply.section, reply.title) == (Kind.ANSWER, LOANS_KEY, "Loans & cards")
    assert (reply.passage, reply.confidence) == (FIVE.text, 0.8)


def test_answer_without_a_passage_is_the_section_alone() -> None:
    reply = answer([Quotation(LOANS, None, 1.0)], "en")
    assert reply.text == f"Loans & cards\n{CARD.text}\n- {FIVE.text}"
    assert reply.passage is None
    assert "<mark>" not in reply.html


def test_answer_marks_the_passage_and_escapes_the_title() -> None:
    html = answer([Quotation(LOANS, FIVE, 1.0)], "en").html
    assert html.startswith("<h3>Loans &amp; cards</h3><p>Bring &lt;b&gt;your&lt;/b&gt; card &amp; a form. </p>")
    assert "<li><mark>Five\nbooks at a time.</mark></li>" in html


def test_answer_in_the_other_language_begins_with_a_notice() -> None:
    reply = answer([Quotation(LOANS, FIVE, 0.8)], "vi")
    notice = "Mục này chưa có bản tiếng Việt, nên mình gửi bạn bản tiếng Anh."
    assert reply.text.startswith(f"{notice}\n\n{FIVE.text}\n\nLoans & cards\n")
    assert reply.html.startswith(f"<p>{notice}</p><h3>Loans &amp; cards</h3>")
    assert (reply.language, reply.conversation.language) == ("vi", "vi")


def test_answer_offers_related_sections_but_not_itself() -> None:
    reply = answer([Quotation(RENEWAL, None, 1.0)], "vi", related=(LOANS, RENEWAL))
    assert named(reply.suggestions) == [("Loans & cards", 0.0)]
    assert "Loans" not in reply.text


def test_answer_is_remembered_and_ends_a_clarification() -> None:
    assert answer([Quotation(LOANS, None, 1.0)], "en").conversation == Conversation("en", LOANS_KEY)


def test_two_answers_stand_one_after_the_other() -> None:
    both = [Quotation(RENEWAL, None, 0.9), Quotation(LOANS, FIVE, 0.8)]
    reply = answer(both, "en", related=(LOANS,))
    alone = [answer([each], "en") for each in both]
    assert reply.text == f"{alone[0].text}\n\n{alone[1].text}"
    assert reply.html == alone[0].html + alone[1].html
    assert named(reply.suggestions) == [("Loans & cards", 0.8)]


def test_first_of_two_answers_is_the_one_that_is_named_and_remembered() -> None:
    reply = answer([Quotation(RENEWAL, None, 0.9), Quotation(LOANS, FIVE, 0.8)], "en")
    assert (reply.section, reply.title, reply.passage) == (RENEWAL_KEY, "Renewal", None)
    assert (reply.confidence, reply.conversation) == (0.9, Conversation("en", RENEWAL_KEY))


def test_what_to_read_next_is_a_list_below_the_honest_words() -> None:
    reply = read_next(LOANS, [RENEWAL], "en")
    words = "That is all the documentation says under “Loans & cards”. You could read on with:"
    assert (reply.text, reply.words) == (f"{words}\n- Renewal", words)
    assert reply.html == f"<p>{words.replace('&', '&amp;')}</p><ul><li>Renewal</li></ul>"
    assert (reply.kind, reply.section, reply.title, reply.passage) == (Kind.ANSWER, LOANS_KEY, "Loans & cards", None)
    assert reply.conversation == Conversation("en", LOANS_KEY, offered=(RENEWAL_KEY,))


def test_where_nothing_is_left_to_read_a_person_is_named() -> None:
    reply = read_next(LOANS, [], "vi")
    assert reply.text == reply.words
    assert reply.text.endswith(language_pack("vi").say("ask_beyond"))
    assert (reply.suggestions, reply.conversation) == ((), Conversation("vi", LOANS_KEY))


def test_only_so_many_sections_are_offered_to_read_next() -> None:
    assert len(read_next(LOANS, [RENEWAL] * 20, "vi").suggestions) == MOST_TO_READ


def test_clarification_lists_what_may_be_meant() -> None:
    reply = clarify(MATCHES, "vi", None)
    assert reply.text == "Bạn muốn hỏi về mục nào dưới đây?\n- Loans & cards\n- Gia hạn\n- Không phải các mục trên"
    question = "<p>Bạn muốn hỏi về mục nào dưới đây?</p>"
    assert (
        reply.html == f"{question}<ul><li>Loans &amp; cards</li><li>Gia hạn</li><li>Không phải các mục trên</li></ul>"
    )
    assert reply.words == "Bạn muốn hỏi về mục nào dưới đây?"
    assert named(reply.suggestions) == [("Loans & cards", 0.5), ("Gia hạn", 0.3)]


def test_clarification_is_as_sure_as_its_best_section_and_answers_with_none() -> None:
    reply = clarify(MATCHES, "en", None)
    assert (reply.kind, reply.confidence) == (Kind.CLARIFY, 0.5)
    assert (reply.section, reply.title, reply.passage) == (None, None, None)


@pytest.mark.parametrize(("before", "section"), [(None, None), (BEFORE, RENEWAL_KEY)])
def test_clarification_is_remembered_with_the_section_before(
    before: Conversation | None, section: SectionKey | None
) -> None:
    offered = tuple(match.section.key for match in MATCHES)
    left = clarify(MATCHES, "en", before).conversation
    assert left == Conversation("en", section, clarified=True, offered=offered)


def test_decline_says_why_and_offers_what_may_help() -> None:
    reply = decline("Not <covered>.", "en", None, confidence=0.9, offered=OFFERED)
    assert reply.text == "Not <covered>. This may help:\n- Renewal <1>"
    assert reply.html == "<p>Not &lt;covered&gt;. This may help:</p><ul><li>Renewal &lt;1&gt;</li></ul>"
    assert (reply.kind, reply.confidence, reply.suggestions) == (Kind.DECLINE, 0.9, OFFERED)


def test_decline_with_nothing_to_offer_is_the_words_alone() -> None:
    reply = decline("Not covered.", "en", None, confidence=0.9)
    assert (reply.text, reply.html, reply.suggestions) == ("Not covered.", "<p>Not covered.</p>", ())


def test_small_talk_is_sure_and_escaped() -> None:
    reply = small_talk("Chào bạn <3", "vi", None)
    assert (reply.kind, reply.text, reply.html) == (Kind.SMALL_TALK, "Chào bạn <3", "<p>Chào bạn &lt;3</p>")
    assert (reply.confidence, reply.suggestions) == (1.0, ())


@pytest.mark.parametrize(("before", "section"), [(None, None), (BEFORE, RENEWAL_KEY)])
def test_decline_and_small_talk_keep_the_section_and_end_a_clarification(
    before: Conversation | None, section: SectionKey | None
) -> None:
    left = Conversation("en", section, clarified=False)
    assert decline("No.", "en", before, confidence=1.0).conversation == left
    assert small_talk("Hello!", "en", before).conversation == left


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_who_is_led_to_a_person_is_offered_one(language: str) -> None:
    unclear, led = not_understood(language, BEFORE), ask_a_person(language, BEFORE)
    assert (unclear.text, unclear.offers_person) == (language_pack(language).say("decline_unclear"), False)
    assert (led.text, led.offers_person) == (language_pack(language).say("ask_a_person"), True)


def test_suggestions_are_titles_in_the_language_or_the_one_there_is() -> None:
    offered = suggestions(MATCHES, "vi")
    assert [suggestion.key for suggestion in offered] == [LOANS_KEY, RENEWAL_KEY]
    assert named(offered) == [("Loans & cards", 0.5), ("Gia hạn", 0.3)]
