"""What the tests wait for that follow edits: something that is logged, and never a length of time."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Condition

SECONDS = 60.0
"""After which a test gives up; the machine may be busy."""


class Heard(logging.Handler):
    """Collects what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[str] = []
        self._more = Condition()

    def emit(self, record: logging.LogRecord) -> None:
        with self._more:
            self._messages.append(record.getMessage())
            self._more.notify_all()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self._messages)

    def until(self, is_so: Callable[[], object]) -> None:
        """Return once something is so, at which something is logged."""
        with self._more:
            assert self._more.wait_for(is_so, SECONDS), f"it did not come; what was logged:\n{self.text}"


def replace(file: Path, before: str, after: str) -> None:
    """Change a file in place."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def save_by_renaming(file: Path, text: str) -> None:
    """Save a file as many editors do."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, "utf-8")
    beside.replace(file)
