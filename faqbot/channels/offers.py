"""The buttons below a reply: which there are, and what each carries. How they look is each program's affair."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from faqbot.channels.incoming import Fields, words
from faqbot.decision import Kind
from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.reply import Conversation, Reply
from faqbot.service import Asked

HELPFUL, UNHELPFUL, CHOOSE, NONE, PERSON, SHARE = "helpful", "unhelpful", "choose", "none", "person", "share"
LONGEST_VALUE = 2_000
"""In characters, as Slack allows it."""

Value = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A button."""

    action: str
    """One of the names above."""
    words: str
    value: Value
    """What is needed when it is pressed."""


@dataclass(frozen=True, slots=True)
class Given:
    """A reply as it is given in a channel."""

    reply: Reply
    question: str
    """What was asked; "" where nothing was."""
    message_id: str | None = None
    """Names the reply, for feedback; None if it is not remembered."""
    public_only: bool = False
    """Whether people from outside read it."""
    shareable: bool = False
    """Whether only one person sees it, who may show it to the others."""


def offers(given: Given) -> tuple[Offer, ...]:
    """Return the buttons below a reply, in their order; none below small talk, unless it offers a person."""
    reply, say = given.reply, language_pack(given.reply.language).say
    if reply.kind is Kind.SMALL_TALK and not reply.offers_person:
        return ()
    about = {"lang": reply.language, "conversation": reply.conversation.id, "question": given.question}
    about |= {"public": "yes"} if given.public_only else {}
    person = Offer(PERSON, say("ask_person_button"), fitting(about, "question"))
    if reply.kind is not Kind.ANSWER or reply.conversation.offered:
        found = [
            Offer(
                CHOOSE,
                each.title,
                fitting({**about, "document": each.key.document, "section": each.key.section}, "question"),
            )
            for each in reply.suggestions
        ]
        none = [Offer(NONE, say("none_of_these"), person.value)] if reply.kind is Kind.CLARIFY else []
        return (*found, *none, person)
    return (*_feedback(given), *_share(given), person)


def _feedback(given: Given) -> tuple[Offer, ...]:
    if given.message_id is None:
        return ()
    say, value = language_pack(given.reply.language).say, {"message": given.message_id, "lang": given.reply.language}
    return Offer(HELPFUL, say("helpful_button"), value), Offer(UNHELPFUL, say("unhelpful_button"), value)


def _share(given: Given) -> tuple[Offer, ...]:
    reply = given.reply
    if not given.shareable or reply.section is None:
        return ()
    value = {
        "lang": reply.language,
        "document": reply.section.document,
        "section": reply.section.section,
        "passage": reply.passage or "",
    }
    return (Offer(SHARE, language_pack(reply.language).say("share_button"), fitting(value, "passage")),)


def fitting(value: Value, longest: str) -> Value:
    """Return a value whose longest text is cut so that it can be written down."""
    surplus = len(written(value)) - LONGEST_VALUE
    while surplus > 0:
        text = value[longest]
        value = {**value, longest: text[: max(0, len(text) - surplus)]}
        surplus = len(written(value)) - LONGEST_VALUE if text else 0
    return value


def written(value: Value) -> str:
    """Return a value as a text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def language_of(value: Fields) -> str:
    """Return the language that a button was offered in."""
    language = words(value, "lang")
    return language if language in LANGUAGES else LANGUAGES[0]


def section_of(value: Fields) -> SectionKey:
    """Return the section that a button stands for, which there may be or not."""
    return SectionKey(words(value, "document"), words(value, "section"))


def asked(action: str, value: Fields, channel: str) -> Asked:
    """Return what pressing a button asks for, as if it had been typed: the one section on offer, or none of these."""
    pack = language_pack(language_of(value))
    offered = (section_of(value),) if action == CHOOSE else ()
    text = pack.ordinals[0][0] if action == CHOOSE else pack.none_of_these[0]
    conversation = Conversation(pack.code, clarified=True, offered=offered, id=words(value, "conversation"))
    return Asked(text, channel, pack.code, conversation, public_only="public" in value)
