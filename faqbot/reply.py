"""A decision becomes words, each of them written by somebody: in the knowledge, or in a language's messages."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from faqbot.decision import Kind
from faqbot.knowledge.model import Passage, Section, SectionKey, SectionText
from faqbot.language.pack import LanguagePack, language_pack
from faqbot.matching.matcher import Match

_MARKED = re.compile(r'<span data-passage="(\d+)">(.*?)</span>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A section that is offered."""

    key: SectionKey
    title: str
    confidence: float
    """Probability that it is the answer, 0 to 1; 0 for one that is offered only because it is related."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a reply leaves behind for the next message. It holds nothing that the person wrote."""

    language: str
    """Of the last reply."""
    section: SectionKey | None = None
    """The section that was answered with last."""
    clarified: bool = False
    """Whether the last reply asked back."""


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
    """0 to 1: how sure it is that this section answers (an answer), or that none does (a decline)."""
    conversation: Conversation
    section: SectionKey | None = None
    title: str | None = None
    """Of the section."""
    passage: str | None = None
    """The sentence or list item that answers, word for word."""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def words(self) -> str:
        """The text without the list of suggestions."""
        lines = self.text.split("\n")
        return "\n".join(lines[: len(lines) - len(self.suggestions)])


def answer(
    section: Section, passage: Passage | None, language: str, *, confidence: float, related: Sequence[Section] = ()
) -> Reply:
    """Answer with a section: the passage first, then the whole text."""
    code, text = section.text_in(language)
    notice = "" if code == language else _other_language(language_pack(language), code)
    parts = [notice, passage.text if passage else "", f"{text.title}\n{text.text}"]
    return Reply(
        Kind.ANSWER,
        language,
        "\n\n".join(part for part in parts if part),
        _paragraph(notice) + f"<h3>{html.escape(text.title)}</h3>{section_html(text, passage)}",
        confidence,
        Conversation(language, section.key),
        section.key,
        text.title,
        passage.text if passage else None,
        tuple(Suggestion(each.key, each.text_in(language)[1].title, 0.0) for each in related),
    )


def clarify(matches: Sequence[Match], language: str, conversation: Conversation | None) -> Reply:
    """Ask which of the sections is meant."""
    question = language_pack(language).say("clarify")
    offered = suggestions(matches, language)
    left = Conversation(language, conversation.section if conversation else None, clarified=True)
    return _with_list(Kind.CLARIFY, language, question, offered, matches[0].confidence, left)


def decline(
    words: str,
    language: str,
    conversation: Conversation | None,
    *,
    confidence: float,
    offered: Sequence[Suggestion] = (),
) -> Reply:
    """Say that the knowledge does not cover it, and offer what may help all the same."""
    section = conversation.section if conversation else None
    perhaps = f"{words} {language_pack(language).say('perhaps')}" if offered else words
    return _with_list(Kind.DECLINE, language, perhaps, offered, confidence, Conversation(language, section))


def small_talk(words: str, language: str, conversation: Conversation | None) -> Reply:
    """Return a greeting, or whatever the small talk asks for."""
    section = conversation.section if conversation else None
    return Reply(Kind.SMALL_TALK, language, words, _paragraph(words), 1.0, Conversation(language, section))


def suggestions(matches: Sequence[Match], language: str) -> tuple[Suggestion, ...]:
    """Offer sections in a language."""
    return tuple(
        Suggestion(match.section.key, match.section.text_in(language)[1].title, match.confidence) for match in matches
    )


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
) -> Reply:
    lines = [words, *(f"- {suggestion.title}" for suggestion in offered)]
    items = "".join(f"<li>{html.escape(suggestion.title)}</li>" for suggestion in offered)
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


def _other_language(pack: LanguagePack, other: str) -> str:
    return pack.say("other_language", language=pack.say(f"language_{pack.code}"), other=pack.say(f"language_{other}"))
