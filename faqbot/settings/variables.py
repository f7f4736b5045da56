"""Read variables of the environment, and note every one that cannot be used before any is complained of."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from faqbot.errors import SettingsError
from faqbot.language.pack import LANGUAGES

Read = Callable[[str, str], Any]
"""Turns the name of a variable and its text into a value, or raises SettingsError."""


class Variables:
    """Variables being read. One that is missing or empty leaves its setting at the default."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.values: dict[str, Any] = {}
        """What was read, by setting."""
        self.faults: dict[str, str] = {}
        """What cannot be used, by variable."""

    def take(self, setting: str, name: str, read: Read) -> None:
        """Read a variable into a setting."""
        self.put(setting, name, lambda: read(name, text) if (text := self._environ.get(name, "").strip()) else None)

    def take_secret(self, setting: str, name: str, read: Read) -> None:
        """Read a secret from a variable, or from the file that the variable's ``_FILE`` twin names."""

        def found() -> Any:
            text = self.secret(name)
            return None if text is None else read(name, text)

        self.put(setting, name, found)

    def take_by_language(self, setting: str, prefix: str) -> None:
        """Read texts from the variables of all languages, such as ``PREFIX_VI``."""
        texts = {language: self._environ.get(f"{prefix}{language.upper()}", "").strip() for language in LANGUAGES}
        self.values[setting] = {language: text for language, text in texts.items() if text}

    def put(self, setting: str, name: str, found: Callable[[], Any]) -> None:
        """Set what a call returns, unless it is None; if it raises SettingsError, that is a fault of the variable."""
        try:
            value = found()
        except SettingsError as error:
            self.faults[name] = str(error)
            return
        if value is not None:
            self.values[setting] = value

    def text(self, name: str) -> str | None:
        """Return a variable; None where it is missing or empty."""
        return self._environ.get(name) or None

    def secret(self, name: str) -> str | None:
        """Return a secret, from its file if one is named; None where neither is set.

        :raises SettingsError: if the file cannot be read.
        """
        text, file = self.text(name), self.text(f"{name}_FILE")
        return text if file is None else _content(file, f"{name}_FILE")


class Asked(Mapping[str, str]):
    """An environment that notes which variables it is asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self._environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)


def _content(file: str, name: str) -> str:
    try:
        found = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{name}: {_shown(Path(file))} cannot be read ({reason})") from error
    if not found:
        raise SettingsError(f"{name}: {file} is empty")
    return found


def _shown(file: Path) -> str:
    """Return a path, unless its folder is unknown: then it may be the secret, put where its file should be named."""
    try:
        known = file.parent.name != "" and file.parent.is_dir()
    except OSError:
        known = False
    return str(file) if known else "the file that it names"
