"""What stands around a question is taken off, and nothing in a reply calls anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.channels import slack_text
from faqbot.channels.slack_text import escape, plain
from faqbot.channels.text import cut, quiet, without_mention, without_trigger


@pytest.mark.parametrize(
    ("text", "trigger", "rest"),
    [
        ("faq mở cửa", "faq", "mở cửa"),
        ("FAQ: mở cửa", "faq", "mở cửa"),
        ("  faq, mở cửa", "faq", "mở cửa"),
        ("faqbot mở cửa", "faq", "faqbot mở cửa"),
        ("!faq mở cửa", "!", "faq mở cửa"),
        ("mở cửa faq", "faq", "mở cửa faq"),
        ("ho\u0309i mở cửa", "hỏi", "mở cửa"),
        ("hỏi mở cửa", "ho\u0309i", "mở cửa"),
        ("faq", "faq", ""),
        ("mở cửa", "", "mở cửa"),
        ("mở cửa", None, "mở cửa"),
    ],
)
def test_the_trigger_word_is_taken_off_where_the_message_begins_with_it(
    text: str, trigger: str | None, rest: str
) -> None:
    assert without_trigger(text, trigger) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@faqbot mở cửa", "mở cửa"),
        ("@faq.bot: mở cửa", "mở cửa"),
        ("@**FAQ bot** mở cửa", "mở cửa"),
        ("@**FAQ bot|12**, mở cửa", "mở cửa"),
        ("hỏi @faqbot", "hỏi @faqbot"),
        ("an@example.com", "an@example.com"),
    ],
)
def test_a_mention_is_taken_off_where_the_message_begins_with_it(text: str, rest: str) -> None:
    assert without_mention(text) == rest


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> mở cửa <@U2|an>", "mở cửa"),
        ("<!channel> <!subteam^S1|@it> mở cửa", "mở cửa"),
        ("<#C1|chung> mở cửa", "#chung mở cửa"),
        ("<https://a.example/x?y&amp;z|trang> mở", "trang mở"),
        ("<https://a.example/> mở", "https://a.example/ mở"),
        ("<mailto:an@a.example|an@a.example>", "an@a.example"),
        ("mở :pray: 🙏", "mở :pray: 🙏"),
    ],
)
def test_what_slack_writes_is_read_as_it_was_meant(sent: str, meant: str) -> None:
    assert re.sub(r"\s+", " ", plain(sent)) == meant


@given(st.text())
def test_escaping_can_be_undone_and_leaves_nothing_alive(text: str) -> None:
    safe = escape(text)
    assert not set(safe) & {"<", ">"}
    assert plain(safe).replace("\u200b", "") == text.strip().replace("\u200b", "").strip()


@given(st.text(st.sampled_from("@<>!|&#ab *_\n")))
def test_nothing_that_somebody_wrote_calls_anybody(text: str) -> None:
    assert not re.search(r"(?<![\w.+-])@[\w*_]", quiet(text))
    assert quiet(quiet(text)) == quiet(text)


def test_addresses_of_people_stay_whole() -> None:
    assert quiet("an@example.com") == "an@example.com"


def test_an_address_cannot_end_a_link_early() -> None:
    assert slack_text.link("a|b", "https://x/?a=1&b=<|>") == "<https://x/?a=1&amp;b=%3C%7C%3E|a¦b>"


@given(st.text(max_size=60), st.integers(5, 40))
def test_a_text_that_is_cut_fits(text: str, most: int) -> None:
    found = cut(text, most)
    assert len(found) <= most
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
