"""YAML without its traps: no key may repeat, and a text must be a text (``no`` and ``012`` are refused)."""

from collections.abc import Iterator
from typing import Any

import yaml

from faqbot.errors import Fault

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
"""The tag of what YAML reads as a text."""


def read_plain(text: str) -> Any:
    """Read YAML that ships inside the package, which needs no fault report."""
    return yaml.load(text, Loader=_Loader)


def compose(text: str) -> yaml.Node | None:
    """Return the root of a YAML text, whose nodes know their places; None if there is nothing in it.

    :raises yaml.YAMLError: if it is not valid.
    """
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return root


def place_of(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """Return the line of a text that is not valid YAML, and what is wrong there; line 0 where that is not known."""
    if isinstance(error, yaml.reader.ReaderError):
        return text.encode("utf-8", "replace").count(b"\n", 0, error.position) + 1, error.reason
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 0, getattr(error, "problem", None) or "unreadable"


class YamlFile:
    """A YAML file being read: hands out typed values, and notes every fault with its line.

    A value of the wrong type is noted as a fault and then read as if it were empty, so that one run finds all faults.
    """

    def __init__(self, name: str, text: str, faults: list[Fault]) -> None:
        self.name = name
        self._faults = faults
        try:
            self.root = compose(text)
        except yaml.YAMLError as error:
            self.root = None
            line, problem = place_of(error, text)
            faults.append(Fault(name, line, "error", f"not valid YAML: {problem}"))

    def fault(self, place: yaml.Node | int, message: str) -> None:
        """Note an error at a node or a line."""
        line = place if isinstance(place, int) else place.start_mark.line + 1
        self._faults.append(Fault(self.name, line, "error", message))

    def line_of(self, key: str) -> int:
        """Return the line of a key of the file; 0 if there is none."""
        pairs = self.root.value if isinstance(self.root, yaml.MappingNode) else []
        return next((node.start_mark.line + 1 for node, _ in pairs if node.value == key), 0)

    def mapping(self, node: yaml.Node | None, what: str) -> Iterator[tuple[str, yaml.Node]]:
        """Yield the keys and values of a mapping; ``what`` names it in the fault if it is none."""
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{what} must be a mapping (key: value), not {_kind(node)}")
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self.text(key_node, f"a key of {what}")
            if key in seen:
                self.fault(key_node, f"{what} has the key {key!r} twice")
            elif key:
                seen.add(key)
                yield key, value

    def text(self, node: yaml.Node, what: str) -> str:
        """Return a text that is not blank, or "" after noting the fault."""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, f"{what} must be a text, not {_kind(node)}")
            return ""
        if node.tag != TEXT:
            self.fault(node, f"{what} is {node.value!r}, which YAML does not read as text; put it in quotes")
            return ""
        if not node.value.strip():
            self.fault(node, f"{what} is empty")
        return str(node.value).strip()

    def texts(self, node: yaml.Node, what: str) -> list[tuple[str, int]]:
        """Return the texts of a list, each with its line."""
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"{what} must be a list, not {_kind(node)}")
            return []
        entries = ((self.text(item, f"an entry of {what}"), item.start_mark.line + 1) for item in node.value)
        return [(text, line) for text, line in entries if text]


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
