"""Cut a Markdown text at its headings. What stands below a heading is read by ``body``."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse

from faqbot.errors import Fault
from faqbot.knowledge.body import Body, inline_text, read_body
from faqbot.language.clean import clean
from faqbot.language.fold import fold

_ATTRIBUTES = re.compile(r"(?<!\s)\s*(\{[^{}]*\})\s*$")
_UNREAD = re.compile(r"\{[#.][^{}]*\}$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PUBLIC = "public"
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, up to the next heading."""

    id: str
    """From ``{#id}`` behind the heading, else made from its words; unique in the text."""
    title: str
    level: int
    """1 to 6."""
    line: int
    """Of the heading, counted from 1."""
    body: Body
    public: bool = False
    """Whether ``{.public}`` stands behind the heading."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """One Markdown text."""

    title: str
    """Of its first-level heading if that comes first and has no text, else of the first part."""
    parts: tuple[Part, ...]


def parse_markdown(text: str, name: str, faults: list[Fault]) -> ParsedText:
    """Parse a text; ``name`` says where it comes from in faults, and is the title where there is no heading.

    A leading first-level heading without text of its own, with others after it, is the title and no part.
    """
    tokens = _MARKDOWN.parse(text)
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    before = tokens[: starts[0]] if starts else tokens
    parts = [_part(tokens[at:end], name, faults) for at, end in pairwise([*starts, len(tokens)])]
    if before:
        parts.insert(0, Part("", _title_from(name), 1, 1, read_body(before, _MARKDOWN)))
    title = (parts[0].title if parts else "") or _title_from(name)
    if len(parts) > 1 and parts[0].level == 1 and not parts[0].body.passages:
        parts = parts[1:]
    return ParsedText(title, tuple(_with_unique_ids(parts, name, faults)))


def is_id(text: str) -> bool:
    """Tell whether a text may be the id of a section: lower-case letters, digits, single hyphens."""
    return _ID.fullmatch(text) is not None


def slug(title: str) -> str:
    """Make an id of a title: ``Yêu cầu của KVM`` becomes ``yeu-cau-cua-kvm``; "" if nothing is left."""
    return _NOT_IN_ID.sub("-", fold(title)).strip("-")


def _part(tokens: Sequence[Token], name: str, faults: list[Fault]) -> Part:
    opening, heading = tokens[0], tokens[1]
    line = opening.map[0] + 1 if opening.map else 0
    title, attributes = _split_attributes(inline_text(heading))
    if unread := _UNREAD.search(title):
        allowed = "{#id}, {.public} or {#id .public} is allowed"
        faults.append(Fault(name, line, "warning", f"{unread.group()!r} is read as words of the heading; {allowed}"))
    identifier = attributes.get("id", "")
    if identifier and not is_id(identifier):
        faults.append(
            Fault(name, line, "error", f"id {identifier!r} is not allowed: lower-case letters, digits, single hyphens")
        )
    public = _PUBLIC in attributes.get("class", "").split()
    return Part(identifier, clean(title), int(opening.tag[1]), line, read_body(tokens[3:], _MARKDOWN), public)


def _split_attributes(heading: str) -> tuple[str, dict[str, str]]:
    match = _ATTRIBUTES.search(heading)
    if match is None:
        return heading, {}
    try:
        _, attributes = parse(match.group(1))
    except ParseError:
        return heading, {}
    return heading[: match.start()], attributes


def _title_from(name: str) -> str:
    return name.rsplit("/", 1)[-1].split(".", 1)[0]


def _with_unique_ids(parts: Sequence[Part], name: str, faults: list[Fault]) -> list[Part]:
    lines: dict[str, int] = {}
    for part in parts:
        if part.id in lines:
            faults.append(Fault(name, part.line, "error", f"id {part.id!r} is already at line {lines[part.id]}"))
        elif part.id:
            lines[part.id] = part.line
    taken, repeats, unique = set(lines), Counter[str](), []
    for number, part in enumerate(parts, 1):
        identifier = part.id or _free_id(slug(part.title) or f"section-{number}", taken, repeats)
        taken.add(identifier)
        unique.append(replace(part, id=identifier))
    return unique


def _free_id(wanted: str, taken: set[str], repeats: Counter[str]) -> str:
    """Return the wanted id, or the first one with a number behind it that is free.

    :param repeats: The numbers that were tried already, by wanted id.
    """
    identifier = wanted
    while identifier in taken:
        repeats[wanted] += 1
        identifier = f"{wanted}-{repeats[wanted] + 1}"
    return identifier
