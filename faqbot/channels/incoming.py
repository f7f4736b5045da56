"""A message from a chat program, whatever that program calls its parts."""

from collections.abc import Mapping
from dataclasses import dataclass

Fields = Mapping[str, object]
"""The fields of a request, as its form or its JSON has them."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question, and where it came from."""

    text: str
    """As its writer meant it: without mention, trigger word and escapes; "" where nothing else was written."""
    channel: str
    """Names the channel among all of its program."""
    person: str
    """Names the writer."""
    thread: str = ""
    """Names the thread to answer in; "" for none."""
    deliveries: tuple[str, ...] = ()
    """Ids by which the same message is known when it comes again; any of them is enough."""
    outsiders: bool = False
    """Whether people from outside read along."""
    direct: bool = False
    """Whether only the writer and we are there."""
    command: bool = False
    """Whether it is a slash command, whose reply only the writer sees."""


def words(fields: Fields, name: str) -> str:
    """Return a field that is a text; "" if it is missing or something else. Halves of letters become ``?``."""
    value = fields.get(name)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def inner(fields: Fields, name: str) -> Fields:
    """Return a field that holds fields; none if it is missing or something else."""
    value = fields.get(name)
    return value if isinstance(value, dict) else {}
