"""Replies look alike in every program, each in its own markup."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.channels.markup import MATTERMOST, ROCKET_CHAT, SLACK, ZULIP, Dialect, render
from faqbot.reply.quotation import Quotation
from faqbot.reply.wording import answer

DIALECTS = [SLACK, MATTERMOST, ROCKET_CHAT, ZULIP]


@pytest.mark.parametrize(
    ("source", "slack", "zulip"),
    [
        (
            "<h3>Giờ</h3><p>Mở <mark>7 giờ.</mark> Nghỉ.</p>",
            "*Giờ*\n\nMở *7 giờ.* Nghỉ.",
            "**Giờ**\n\nMở **7 giờ.** Nghỉ.",
        ),
        ("<p><strong>a</strong> <em>b</em> <s>c</s></p>", "*a* _b_ ~c~", "**a** *b* ~~c~~"),
        ("<p><mark>a <strong>b</strong> c</mark></p>", "*a b c*", "**a b c**"),
        ("<p><mark> a </mark>b</p>", "*a* b", "**a** b"),
        (
            "<ul>\n<li>a</li>\n<li>b<ul><li>c</li></ul></li></ul><p>d</p>",
            "• a\n• b\n    • c\n\nd",
            "- a\n- b\n    - c\n\nd",
        ),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b", "3. a\n4. b"),
        ("<p>x <code>a &lt; `b`</code></p>", "x `a &lt; 'b'`", "x `a < 'b'`"),
        ("<pre><code>ls *\n  a &amp; b\n</code></pre>", "```\nls *\n  a &amp; b\n```", "```\nls *\n  a & b\n```"),
        (
            '<p><a href="https://a.example/?x=1&amp;y">b</a></p>',
            "<https://a.example/?x=1&amp;y|b>",
            "[b](https://a.example/?x=1&y)",
        ),
        ('<p><a href="/kb">b</a> <a href="javascript:x">c</a></p>', "b c", "b c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b", "> a\n\n> b"),
        ("<p>a<br>b</p>", "a\nb", "a\nb"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\nc | d", "a | b\nc | d"),
        ("<p>@all &lt;!channel&gt;</p>", "@\u200ball &lt;!channel&gt;", "@\u200ball <!channel>"),
        ("", "", ""),
    ],
)
def test_html_becomes_markup(source: str, slack: str, zulip: str) -> None:
    assert (render(source, SLACK), render(source, ZULIP)) == (slack, zulip)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_section_can_be_shown_with_each_of_its_passages_marked(kvm: Assistant, dialect: Dialect) -> None:
    for section in kvm.knowledge.sections:
        for language, text in section.texts.items():
            for passage in text.passages:
                shown = render(answer([Quotation(section, passage, 1.0)], language).html, dialect)
                assert squeezed(passage.text) in squeezed(shown)
                assert squeezed(text.title) in squeezed(shown)


def squeezed(text: str) -> str:
    """Return a text without what marks it up."""
    return re.sub(r"[\s*_`~•>-]|&\w+;|<[^|]*\|", "", text)


@given(st.text(max_size=80))
def test_any_words_come_through(text: str) -> None:
    shown = render(f"<p>{html.escape(text)}</p>", SLACK)
    assert not set(shown) & {"<", ">"}
    assert squeezed(html.unescape(shown)).replace("\u200b", "") == squeezed(text).replace("\u200b", "") or "\0" in text


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<mark>", "</mark>", "<pre>", "</pre>", "a "])
    )
)
def test_tags_in_any_order_do_no_harm(tags: list[str]) -> None:
    assert render("".join(tags), SLACK).count("a") == tags.count("a ")
