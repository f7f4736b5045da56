"""Each kind of reply, put into words that somebody wrote: in the knowledge, or in a language's messages."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from faqbot.decision import Kind
from faqbot.knowledge.model import Section
from faqbot.language.pack import language_pack
from faqbot.matching.matcher import Match
from faqbot.reply.quotation import Quotation, paragraph, quote
from faqbot.reply.reply import Conversation, Reply, Suggestion

MOST_TO_READ = 8
"""Sections that are offered to somebody who wants more than a section says."""


def answer(quoted: Sequence[Quotation], language: str, *, related: Sequence[Section] = ()) -> Reply:
    """Answer with a section, or with several if the message asked several things; each with its passage first."""
    first = quoted[0]
    blocks = [quote(each, language) for each in quoted]
    others = [Suggestion(each.section.key, _title(each.section, language), each.confidence) for each in quoted[1:]]
    named = {each.section.key for each in quoted}
    more = offer([each for each in related if each.key not in named], language)
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


def read_next(section: Section, offered: Sequence[Section], language: str) -> Reply:
    """Say that a section, which was quoted before, is all there is about it, and offer what to read next."""
    pack, title = language_pack(language), _title(section, language)
    words = f"{pack.say('all_there_is', title=title)} {pack.say('read_next' if offered else 'ask_beyond')}"
    more = offer(offered[:MOST_TO_READ], language)
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


def not_understood(language: str, conversation: Conversation | None) -> Reply:
    """Say that a message does not show what it asks for."""
    return decline(language_pack(language).say("decline_unclear"), language, conversation, confidence=1.0)


def ask_a_person(language: str, conversation: Conversation | None) -> Reply:
    """Lead on to a person, where nothing that was offered was meant."""
    words = language_pack(language).say("ask_a_person")
    return decline(words, language, conversation, confidence=1.0, offers_person=True)


def small_talk(words: str, language: str, conversation: Conversation | None, *, offers_person: bool = False) -> Reply:
    """Return a greeting, or whatever the small talk asks for."""
    section = conversation.section if conversation else None
    left = Conversation(language, section)
    return Reply(Kind.SMALL_TALK, language, words, paragraph(words), 1.0, left, offers_person=offers_person)


def suggestions(matches: Sequence[Match], language: str) -> tuple[Suggestion, ...]:
    """Offer the sections that a message matches, in a language."""
    return tuple(Suggestion(match.section.key, _title(match.section, language), match.confidence) for match in matches)


def offer(sections: Iterable[Section], language: str) -> tuple[Suggestion, ...]:
    """Offer sections that the knowledge names, in a language."""
    return tuple(Suggestion(each.key, _title(each, language), 0.0) for each in sections)


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
        paragraph(words) + (f"<ul>{items}</ul>" if items else ""),
        confidence,
        conversation,
        suggestions=tuple(offered),
    )


def _title(section: Section, language: str) -> str:
    return section.text_in(language)[1].title
