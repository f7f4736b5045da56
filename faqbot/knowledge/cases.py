"""Read questions whose answers are known: a JSON object a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its known answer, one line of a questions file."""

    text: str
    language: str
    """``vi``, ``en`` or ``mix``."""
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
    fact = fields.get("fact")
    return Case(
        fields["q"],
        fields["lang"],
        str(fields.get("style", "none")),
        tuple(expected),
        fact if isinstance(fact, str) else None,
    )
