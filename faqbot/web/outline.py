"""An error as a log may show it: what kind it is and where it happened, without its text.

The text of an error may quote what people wrote: a ``ValueError`` its input, a database's error the values of a row.
"""

from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

_MOST_FRAMES = 30
"""Of one error; those nearest to where it happened."""
_MOST_CAUSES = 10


def outline(error: BaseException) -> str:
    """Return an error, and the ones that it came of: the kind of each, and below it where it passed, innermost last."""
    return "\n".join(line for each in _causes(error) for line in _lines(each))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException) -> Iterator[str]:
    kind = type(error)
    yield kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    yield from _places(error.__traceback__)


def _places(traceback: TracebackType | None) -> Iterator[str]:
    for frame in extract_tb(traceback)[-_MOST_FRAMES:]:
        place = Path(frame.filename)
        yield f"  {place.parent.name}/{place.name}:{frame.lineno} in {frame.name}"
