"""A decision becomes words, each of them written by somebody: in the knowledge, or in a language's messages."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from faqbot.decision import Kind
from faqbot.knowledge.model import Passage, Section, SectionKey, SectionText
from faqbot.language.pack import language_pack
from faqbot.matching.matcher import Match

MOST_TO_READ = 8
"""Sections that are offered to somebody who wants more than a section says."""
_MARKED = re.compile(r'<span data-passage="(\d+)">(.*?)</span>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A section that is offered."""

    key: SectionKey
    title: str
    confidence: float
    """Probability that it is the answer, 0 to 1; 0 for one that the knowledge offers by name."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a reply leaves behind for the next message. It holds nothing that the person wrote."""

    language: str
    """Of the last reply."""
    section: SectionKey | None = None
    """The section that was answered with last."""
    clarified: bool = False
    """Whether the last reply asked back."""
    offered: tuple[SectionKey, ...] = ()
    """The sections that it asked about, or had to offer for more, in their order; empty where it did neither."""
    id: str = ""
    """Names it among all that are remembered; "" where nobody remembers it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What faqbot says to a message."""

    kind: Kind
    language: str
    text: str
    """The whole reply, in plain text."""
    html: str
    """The same, as sanitised HTML."""
    confidence: float
    """0 to 1: how sure it is that this section answers (an answer), that the first one offered does (a clarification),
    or that none does (a decline); 1 for small talk."""
    conversation: Conversation
    section: SectionKey | None = None
    title: str | None = None
    """Of the section."""
    passage: str | None = None
    """The sentence or list item that answers, word for word."""
    suggestions: tuple[Suggestion, ...] = ()
    offers_person: bool = False
    """Whether it is time to hand over to a person: somebody asked for one, or nothing that was offered was meant."""

    @property
    def words(self) -> str:
        """The text without the list of suggestions."""
        if self.kind is Kind.ANSWER and not self.conversation.offered:
            return self.text
        lines = self.text.split("\n")
        offered = len(self.suggestions) + (self.kind is Kind.CLARIFY)
        return "\n".join(lines[: len(lines) - offered])


@dataclass(frozen=True, slots=True)
class Quotation:
    """A section that a reply quotes as its answer."""

    section: Section
    passage: Passage | None
    """The sentence or list item of it that answers; None when the whole section does."""
    confidence: float
    """0 to 1."""


def answer(quoted: Sequence[Quotation], language: str, *, related: Sequence[Section] = ()) -> Reply:
    """Answer with a section, or with several if the message asked several things; each with its passage first."""
    first = quoted[0]
    blocks = [_block(each, language) for each in quoted]
    others = [Suggestion(each.section.key, _title(each.section, language), each.confidence) for each in quoted[1:]]
    named = {each.section.key for each in quoted}
    more = [Suggestion(each.key, _title(each, language), 0.0) for each in related if each.key not in named]
    return Reply(
        Kind.ANSWER,
        language,
        "\n\n".join(text for text, _ in blocks),
        "".join(markup for _, markup in blocks),
        first.confidence,
        Conversation(language, first.section.key),
        first.section.key,
        _title(first.section, language),
        first.passage.text if first.passage else None,
        (*others, *more),
    )


def _block(quoted: Quotation, language: str) -> tuple[str, str]:
    """Return a section as plain text and as HTML, with a notice if it is not in the language."""
    code, text = quoted.section.text_in(language)
    notice = language_notice(language, code)
    parts = [notice, quoted.passage.text if quoted.passage else "", f"{text.title}\n{text.text}"]
    markup = f"{_paragraph(notice)}<h3>{html.escape(text.title)}</h3>{section_html(text, quoted.passage)}"
    return "\n\n".join(part for part in parts if part), markup


def _title(section: Section, language: str) -> str:
    return section.text_in(language)[1].title


def read_next(section: Section, offered: Sequence[Section], language: str) -> Reply:
    """Say that a section, which was quoted before, is all there is about it, and offer what to read next."""
    pack, title = language_pack(language), _title(section, language)
    words = f"{pack.say('all_there_is', title=title)} {pack.say('read_next' if offered else 'ask_beyond')}"
    more = [Suggestion(each.key, _title(each, language), 0.0) for each in offered[:MOST_TO_READ]]
    left = Conversation(language, section.key, offered=tuple(each.key for each in more))
    reply = _with_list(Kind.ANSWER, language, words, more, 1.0, left)
    return replace(reply, section=section.key, title=title)


def clarify(matches: Sequence[Match], language: str, conversation: Conversation | None) -> Reply:
    """Ask which of the sections is meant, if any."""
    question = language_pack(language).say("clarify")
    offered = suggestions(matches, language)
    before = conversation.section if conversation else None
    left = Conversation(language, before, clarified=True, offered=tuple(each.key for each in offered))
    none = language_pack(language).say("none_of_these")
    return _with_list(Kind.CLARIFY, language, question, offered, matches[0].confidence, left, last=none)


def decline(
    words: str,
    language: str,
    conversation: Conversation | None,
    *,
    confidence: float,
    offered: Sequence[Suggestion] = (),
    offers_person: bool = False,
) -> Reply:
    """Say that the knowledge does not cover it, and offer what may help all the same."""
    section = conversation.section if conversation else None
    perhaps = f"{words} {language_pack(language).say('perhaps')}" if offered else words
    reply = _with_list(Kind.DECLINE, language, perhaps, offered, confidence, Conversation(language, section))
    return replace(reply, offers_person=offers_person)


def small_talk(words: str, language: str, conversation: Conversation | None, *, offers_person: bool = False) -> Reply:
    """Return a greeting, or whatever the small talk asks for."""
    section = conversation.section if conversation else None
    left = Conversation(language, section)
    return Reply(Kind.SMALL_TALK, language, words, _paragraph(words), 1.0, left, offers_person=offers_person)


def suggestions(matches: Sequence[Match], language: str) -> tuple[Suggestion, ...]:
    """Offer sections in a language."""
    return tuple(Suggestion(match.section.key, _title(match.section, language), match.confidence) for match in matches)


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


def _with_list(
    kind: Kind,
    language: str,
    words: str,
    offered: Sequence[Suggestion],
    confidence: float,
    conversation: Conversation,
    *,
    last: str = "",
) -> Reply:
    entries = [suggestion.title for suggestion in offered] + ([last] if last else [])
    lines = [words, *(f"- {entry}" for entry in entries)]
    items = "".join(f"<li>{html.escape(entry)}</li>" for entry in entries)
    return Reply(
        kind,
        language,
        "\n".join(lines),
        _paragraph(words) + (f"<ul>{items}</ul>" if items else ""),
        confidence,
        conversation,
        suggestions=tuple(offered),
    )


def _paragraph(words: str) -> str:
    return f"<p>{html.escape(words)}</p>" if words else ""
