"""Read questions whose answers are known: a JSON object a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from faqbot.language.pack import LANGUAGES

MIXED = "mix"
"""Stands for a question that mixes languages."""
CASE_LANGUAGES = (*LANGUAGES, MIXED)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its known answer, one line of a questions file."""

    text: str
    language: str
    """One of ``CASE_LANGUAGES``."""
    style: str
    expected: tuple[str, ...]
    """Ids of the sections that are accepted, the best first; empty where the right reply is to decline."""
    fact: str | None
    """What is asked for, in a few words; None if that was not noted."""


def read_lines(text: str) -> Iterator[tuple[int, Case | str]]:
    """Yield for each line that is not blank its number, counted from 1, and its case, or what is wrong with it."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _read_case(line)


def _read_case(line: str) -> Case | str:
    try:
        fields: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})"
    if not isinstance(fields, dict):
        return f"an object is needed, not {type(fields).__name__}"
    expected = fields.get("expect")
    if not isinstance(expected, list) or not all(isinstance(each, str) for each in expected):
        return f"'expect' must be a list of section ids, not {expected!r}"
    for key in ("q", "lang"):
        if not isinstance(fields.get(key), str) or not fields[key].strip():
            return f"{key!r} must be a text that is not empty, not {fields.get(key)!r}"
    if fields["lang"] not in CASE_LANGUAGES:
        return f"'lang' must be one of {', '.join(CASE_LANGUAGES)}, not {fields['lang']!r}"
    style, fact = fields.get("style", "none"), fields.get("fact")
    if not isinstance(style, str):
        return f"'style' must be a text, not {style!r}"
    if fact is not None and not isinstance(fact, str):
        return f"'fact' must be a text or null, not {fact!r}"
    return Case(fields["q"], fields["lang"], style, tuple(expected), fact)
