"""Where a paragraph falls apart into sentences."""

import re
from itertools import pairwise

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])")
_NO_END = re.compile(r"(?:\b(?:[Tt]p|[Vv]d|v\.v|vs|e\.g|i\.e|etc|Mr|Mrs|Dr|No|St|approx)\.)$")


def sentence_starts(text: str) -> list[int]:
    """Return where each sentence of the text begins, the first at 0; ``text[start:next]`` gives it back.

    A full stop ends a sentence only before white space and a letter that is not a plain lower-case one, or a digit, nor
    behind a common abbreviation.
    """
    starts = [0]
    for match in _END.finditer(text):
        if not _NO_END.search(text[starts[-1] : match.start()]):
            starts.append(match.end())
    return starts


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, trimmed, without empty ones."""
    starts = [*sentence_starts(text), len(text)]
    parts = (text[begin:end].strip() for begin, end in pairwise(starts))
    return [part for part in parts if part]
