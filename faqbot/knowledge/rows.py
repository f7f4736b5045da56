"""A row of a table as one line of text."""

from collections.abc import Iterable, Sequence
from itertools import dropwhile

from markdown_it.token import Token

_ENDS = (":", "?", "!")


def row_text(cells: Sequence[str]) -> str:
    """Return what the cells of a row say together: ``Trà: 20.000``, or ``Trà | nóng | 20.000`` for more than two.

    Cells without text are passed over; two cells are joined by a space where the first one already ends in a mark.
    """
    written = [cell for cell in cells if cell]
    if len(cells) > 2 or len(written) < 2:
        return " | ".join(written)
    first, second = written
    return f"{first} {second}" if first.endswith(_ENDS) else f"{first}: {second}"


def rows_follow(rest: Iterable[Token]) -> bool:
    """Tell whether a table's head, which the tokens are the rest of, has rows below it."""
    closing = dropwhile(lambda token: token.type != "thead_close", rest)
    next(closing)
    return next(closing).type == "tbody_open"
