"""Add to a YAML text, and leave every character of it as it is: its comments, its order, its way of quoting."""

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from faqbot.yaml_file import compose

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What can be added: texts, lists and mappings of them."""

_STEP = 2
"""Spaces by which what is added is indented."""
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NOT_A_TEXT = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Insertion:
    """A YAML text, and what is to be added to it."""

    def __init__(self, text: str) -> None:
        """Take the text.

        :raises yaml.YAMLError: if it is not valid.
        """
        self.root: yaml.Node | None = compose(text)
        self._text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        self._line_break = "\r\n" if "\r\n" in text else "\n"
        self._added: list[tuple[int, int, str]] = []
        self._grown: set[int] = set()

    def append(self, node: yaml.SequenceNode, values: Sequence[Value]) -> None:
        """Put values behind the last one of a list."""
        if node.flow_style:
            self._into_flow(node, [_flow(value) for value in values])
            return
        column = node.start_mark.column
        self._behind(node, column, [line for value in values for line in _entry(value, column)])

    def put(self, node: yaml.MappingNode | None, key: str, value: Value) -> None:
        """Put a new key behind the last one of a mapping; None is the empty file."""
        if node is None:
            self._added.append((len(self._text), 0, self._lines(_pair(key, value, 0))))
        elif node.flow_style:
            self._into_flow(node, [f"{json.dumps(key)}: {_flow(value)}"])
        else:
            column = node.start_mark.column
            apart = [""] if node is self.root else []
            self._behind(node, column, [*apart, *_pair(key, value, column)])

    def result(self) -> str:
        """Return the text with all that was added. At one place the deeper comes first, and then the earlier."""
        text = self._text
        by_place: dict[int, list[tuple[int, str]]] = {}
        for place, column, added in self._added:
            by_place.setdefault(place, []).append((column, added))
        for place in sorted(by_place, reverse=True):
            added = "".join(each for _, each in sorted(by_place[place], key=lambda pair: -pair[0]))
            text = text[:place] + added + text[place:]
        return text

    def _behind(self, node: yaml.CollectionNode, column: int, lines: Sequence[str]) -> None:
        last = self._last_line(node)
        if last + 1 < len(self._starts):
            self._added.append((self._starts[last + 1], column, self._lines(lines)))
        else:
            self._added.append((len(self._text), column, self._line_break + self._line_break.join(lines)))

    def _into_flow(self, node: yaml.CollectionNode, parts: Sequence[str]) -> None:
        mark = node.end_mark
        place = self._starts[mark.line] + mark.column - 1
        filled = id(node) in self._grown or (bool(node.value) and not self._text[:place].rstrip().endswith(","))
        self._grown.add(id(node))
        self._added.append((place, 0, ("," + " " if filled else "") + ", ".join(parts)))

    def _lines(self, lines: Sequence[str]) -> str:
        return "".join(f"{line}{self._line_break}" for line in lines)

    def _last_line(self, node: yaml.Node) -> int:
        """Return the last line of a node's own text, without the comments and blank lines that follow it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return max(self._last_line(each) for each in (last if isinstance(last, tuple) else (last,)))
        end = node.end_mark.line
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return int(end)
        end -= node.end_mark.column == 0
        while end > node.start_mark.line and not self._line(end).strip():
            end -= 1
        return int(end)

    def _line(self, number: int) -> str:
        return self._text[self._starts[number] : self._starts[number + 1] if number + 1 < len(self._starts) else None]


def _quoted(text: str) -> str:
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(_flow(each) for each in value) + "]"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and key not in _NOT_A_TEXT else _quoted(key)


def _pair(key: str, value: Value, column: int) -> list[str]:
    head = f"{' ' * column}{_key(key)}:"
    if isinstance(value, str):
        return [f"{head} {_quoted(value)}"]
    if not value:
        return [f"{head} {_flow(value)}"]
    return [head, *_block(value, column + _STEP)]


def _block(value: Value, column: int) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _pair(key, each, column)]
    return [line for each in value for line in _entry(each, column)]


def _entry(value: Value, column: int) -> list[str]:
    """Return the lines of a list's entry; a mapping begins right behind the dash."""
    dash = f"{' ' * column}- "
    if isinstance(value, Mapping) and value:
        first, *others = _block(value, column + _STEP)
        return [dash + first.lstrip(" "), *others]
    return [dash + _flow(value)]
