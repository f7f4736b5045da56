"""Nothing that runs is ever shown, whatever a text has become on its way."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import faqbot
from faqbot.assistant import Assistant, Question
from faqbot.knowledge.model import KnowledgeBase
from faqbot.reply.quotation import section_html
from faqbot.safe_html import safe_html
from faqbot.wire import reply_fields

PIECES = [
    *(
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
        "<math>",
        "<mi>",
        "<iframe src=//a.vn>",
        "<form>",
        "<textarea>",
        "<!--",
    ),
    *(
        "-->",
        "<p>",
        "</p>",
        "<b onclick=x()>",
        "<a href='javascript:x()'>",
        '<a href="https://a.vn">',
        "</a>",
        "<img src=x>",
    ),
    *(
        "<mark>",
        "</mark>",
        "<span data-passage=1 style=x>",
        "</span>",
        "<table>",
        "<td>",
        "&lt;",
        "&amp;",
        '"',
        "'",
        "text",
    ),
    *("<noscript>", "<p title='</noscript><img src=x onerror=x()>'>", "<!doctype html>", "<meta http-equiv=refresh>"),
]
HTML = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20).map("".join)
ELEMENTS = {
    *("p", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "a", "blockquote", "br", "hr", "span", "mark"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs}


@given(HTML)
def test_only_what_may_be_shown_is_left(html: str) -> None:
    seen = Seen(safe_html(html))
    assert seen.elements <= ELEMENTS
    assert set(seen.attributes) <= {"href", "title", "rel", "data-passage", "start"}
    assert not re.match(r"\s*(javascript|data|vbscript):", seen.attributes.get("href", ""), re.IGNORECASE)


@given(HTML)
def test_what_is_safe_comes_back_as_it_is(html: str) -> None:
    assert safe_html(safe_html(html)) == safe_html(html)


def test_the_shipped_knowledge_loses_nothing(kvm: Assistant) -> None:
    for html in _sections(kvm.knowledge):
        assert safe_html(html) == html


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>"]
)
def test_a_reply_is_sanitised_again_when_it_leaves(library: Assistant, attack: str) -> None:
    reply = library.ask(Question("are you open on Sunday"))
    html = reply_fields(replace(reply, html=reply.html + attack))["html"]
    assert "alert" not in html
    assert "<mark>It is closed on Sundays.</mark>" in html


def _sections(knowledge: KnowledgeBase) -> list[str]:
    texts = [text for section in knowledge.sections for text in section.texts.values()]
    return [section_html(text, text.passages[0] if text.passages else None) for text in texts]


def test_there_is_no_way_around() -> None:
    package = Path(faqbot.__file__).parent
    sources = [path for path in package.rglob("*") if path.suffix in (".py", ".html", ".js")]
    ways = re.compile(
        r"\|\s*safe\b|autoescape|Markup\(|innerHTML|insertAdjacentHTML|render_template_string|from_string"
    )
    found = [path.relative_to(package).as_posix() for path in sources if ways.search(path.read_text("utf-8"))]
    assert found == ["web/security.py"]
