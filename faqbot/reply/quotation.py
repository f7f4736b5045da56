"""How a section is quoted: word for word, with the passage that answers marked."""

import html
import re
from dataclasses import dataclass

from faqbot.knowledge.model import Passage, Section, SectionText
from faqbot.language.pack import language_pack

_MARKED = re.compile(r'<span data-passage="(\d+)">(.*?)</span>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A section that a reply quotes as its answer."""

    section: Section
    passage: Passage | None
    """The sentence or list item of it that answers; None when the whole section does."""
    confidence: float
    """0 to 1."""


def quote(quoted: Quotation, language: str) -> tuple[str, str]:
    """Return a section as plain text and as HTML, with a notice if it is not in the language."""
    code, text = quoted.section.text_in(language)
    notice = language_notice(language, code)
    parts = [notice, quoted.passage.text if quoted.passage else "", f"{text.title}\n{text.text}"]
    markup = f"{paragraph(notice)}<h3>{html.escape(text.title)}</h3>{section_html(text, quoted.passage)}"
    return "\n\n".join(part for part in parts if part), markup


def language_notice(wanted: str, found: str) -> str:
    """Say, in the language that is wanted, that a text is in another one; "" where it is not."""
    if wanted == found:
        return ""
    pack = language_pack(wanted)
    return pack.say("other_language", language=pack.say(f"language_{wanted}"), other=pack.say(f"language_{found}"))


def section_html(text: SectionText, passage: Passage | None = None) -> str:
    """Return a section's HTML with the passage in a ``mark`` element, and without the traces of other passages."""
    chosen = text.passages.index(passage) if passage in text.passages else -1
    if not text.html:
        items = "".join(f"<li>{html.escape(each.text)}</li>" for each in text.passages)
        return f"<ul>{items}</ul>" if items else ""
    return _MARKED.sub(lambda found: _mark(found, chosen), text.html)


def _mark(found: re.Match[str], chosen: int) -> str:
    number, inner = int(found[1]), found[2]
    if number != chosen:
        return inner
    bare = inner.rstrip()
    return f"<mark>{bare}</mark>{inner[len(bare) :]}"


def paragraph(words: str) -> str:
    """Return words as a paragraph of HTML; "" where there are none."""
    return f"<p>{html.escape(words)}</p>" if words else ""
