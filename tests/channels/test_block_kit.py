"""Whatever a reply says, Slack takes its blocks."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.channels.block_kit import LONGEST_SECTION, blocks, fallback, shortened
from faqbot.channels.offers import Given
from faqbot.decision import Kind
from faqbot.knowledge.model import Passage, SectionKey
from faqbot.reply import Conversation, Reply, Suggestion
from faqbot.reply.quotation import Quotation
from faqbot.reply.wording import answer
from tests.channels.slack_api import message_fault, texts_of

KEY = SectionKey("kvm", "requirements")
texts = st.one_of(st.text(max_size=100), st.text(min_size=1, max_size=4).map(lambda text: text * 1_500))


def body(given_reply: Given) -> dict[str, object]:
    """Return a message as it is sent."""
    found = [block.to_dict() for block in blocks(given_reply, "https://faq.example")]
    return {"text": fallback(given_reply.reply), "blocks": found}


@given(
    kind=st.sampled_from(Kind),
    words=texts.filter(str.strip),
    title=texts.filter(str.strip),
    offered=st.integers(0, 3),
    question=texts,
    shareable=st.booleans(),
)
def test_any_reply_keeps_to_the_limits(
    kind: Kind, words: str, title: str, offered: int, question: str, shareable: bool
) -> None:
    suggestions = tuple(Suggestion(SectionKey("kvm", f"s{at}"), title, 0.5) for at in range(offered))
    section, passage = (KEY, words) if kind is Kind.ANSWER else (None, None)
    entries = "\n- x" * (0 if kind is Kind.ANSWER else offered + (kind is Kind.CLARIFY))
    text = f"{words}{entries}"
    reply = Reply(
        kind, "vi", text, "<p>x</p>", 0.9, Conversation("vi"), section, title, passage, suggestions, offers_person=True
    )
    assert message_fault(body(Given(reply, question, "m1", shareable=shareable))) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_keeps_to_the_limits(kvm: Assistant, language: str) -> None:
    replies = [
        answer([Quotation(section, None, 1.0)], language, related=kvm.knowledge.sections)
        for section in kvm.knowledge.sections
    ]
    assert {message_fault(body(Given(reply, "?", "m1", shareable=True))) for reply in replies} == {None}


def test_a_long_section_is_cut_at_a_line_with_a_link_to_all_of_it(library: Assistant) -> None:
    reply = library.ask(Question("are you open on Sunday"))
    long = replace(reply, html="".join(f"<p>{'chữ ' * 20}{at}</p>" for at in range(100)), passage=None)
    words = texts_of(body(Given(long, "?")))
    assert "0\n\nchữ" in words
    assert "\n…" in words
    assert "Read the whole section" in words


def test_a_passage_behind_the_cut_comes_first(library: Assistant) -> None:
    reply = library.ask(Question("are you open on Sunday"))
    far = "".join(f"<p>{'chữ ' * 20}{at}</p>" for at in range(100)) + "<p><mark>It is closed on Sundays.</mark></p>"
    words = texts_of(body(Given(replace(reply, html=far), "?")))
    assert "*It is closed on Sundays.*\n\nchữ" in words


@given(st.text(st.sampled_from("ab \n<>&;|`*"), max_size=50).map(lambda text: text * 100))
def test_a_text_is_cut_so_that_nothing_is_left_open(text: str) -> None:
    found = shortened(text)
    assert len(found) <= LONGEST_SECTION
    assert found == text or found.count("```") % 2 == 0


def test_a_passage_that_stands_in_no_html_is_no_trouble(kvm: Assistant) -> None:
    section = kvm.knowledge.by_key[KEY]
    reply = answer([Quotation(section, Passage("Không có câu này.", ""), 1.0)], "vi")
    assert message_fault(body(Given(reply, "?"))) is None
