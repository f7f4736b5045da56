"""A small checker for the part of JSON Schema that the API's description uses."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
_RULES: Mapping[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, allowed: value in allowed,
    "const": lambda value, only: value == only,
    "minimum": lambda value, least: value >= least,
    "maximum": lambda value, most: value <= most,
    "minLength": lambda value, fewest: not isinstance(value, str) or len(value) >= fewest,
    "maxLength": lambda value, most: not isinstance(value, str) or len(value) <= most,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
    "maxItems": lambda value, most: len(value) <= most,
}
_READ = {"type", "$ref", "oneOf", "properties", "required", "additionalProperties", "items", *_RULES}
_WORDS = {"description", "default", "format"}


def resolve(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow the references of a node of the description."""
    while "$ref" in node:
        found: Any = root
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def misfits(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """Return every place where a value is not as the schema says; a field that it does not name is one too.

    :raises AssertionError: if the schema has a rule that this checker does not know.
    """
    return list(_misfits(value, schema, root, place))


def _misfits(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    schema = resolve(schema, root)
    assert not set(schema) - _READ - _WORDS, f"{place}: unknown rules in {schema}"
    if "oneOf" in schema:
        fitting = [each for each in schema["oneOf"] if not misfits(value, each, root, place)]
        if len(fitting) != 1:
            yield f"{place}: {value!r} fits {len(fitting)} of {schema['oneOf']}"
        return
    types = schema.get("type", [])
    allowed = [types] if isinstance(types, str) else types
    if allowed and not any(_TYPES[name](value) for name in allowed):
        yield f"{place}: {value!r} is not of type {types}"
        return
    yield from (
        f"{place}: {value!r} breaks {name} {schema[name]!r}"
        for name, holds in _RULES.items()
        if name in schema and not holds(value, schema[name])
    )
    if isinstance(value, dict):
        yield from _fields(value, schema, root, place)
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _misfits(item, schema["items"], root, f"{place}[{at}]")


def _fields(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    named: dict[str, Any] = schema.get("properties", {})
    others: dict[str, Any] | None = schema.get("additionalProperties")
    yield from (f"{place}: {name!r} is missing" for name in schema.get("required", []) if name not in value)
    for name, each in value.items():
        inner = named.get(name, others)
        if inner is not None:
            yield from _misfits(each, inner, root, f"{place}.{name}")
        elif named:
            yield f"{place}: {name!r} is not described"
