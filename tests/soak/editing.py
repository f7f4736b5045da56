"""Somebody who changes the knowledge again and again, in its files and in the store; it stays as long as it was."""

from itertools import count
from pathlib import Path

from faqbot.knowledge.edits import MoreQuestions, content_of
from faqbot.knowledge.loader import load
from faqbot.settings import Settings
from faqbot.store.store import Store


class Editor:
    """Changes a copy of the knowledge, and the store beside it."""

    def __init__(self, knowledge: Path, data: Path) -> None:
        self._file = min(knowledge.rglob("*.md"))
        self._text = self._file.read_text("utf-8")
        self._section = load(knowledge).sections[0].key
        self._store = Store(Settings(data=data).store_url())
        self._numbers = count(1)
        self._kept: int | None = None

    def edit(self) -> None:
        """Change the file and the store in turn; what was changed before is taken back."""
        number = next(self._numbers)
        if number % 2:
            changed = self._file.with_suffix(".new")
            changed.write_text(f"{self._text}\nEdition {number:09}.\n", "utf-8")
            changed.replace(self._file)
            return
        if self._kept is not None:
            self._store.edits.undo(self._kept)
        content = content_of(MoreQuestions(self._section, (("en", f"what is edition {number:09}"),)))
        self._kept = self._store.edits.add(MoreQuestions.kind, content, author="soak")

    def close(self) -> None:
        """Let the store go."""
        self._store.close()
