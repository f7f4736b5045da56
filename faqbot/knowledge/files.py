"""Read the documents, and what lies beside them, of a knowledge folder from disk; nothing else reads them."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faqbot.errors import Fault

_SUFFIXES = (".md", ".yaml", ".yml", ".jsonl")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that was read."""

    name: str
    """Its path, as faults shall name it."""
    folder: str
    """The folder it lies in, relative to the knowledge folder; "" at the top."""
    base: str
    """Its name without folders."""
    text: str
    """Composed to NFC, without a byte order mark."""


def stamp(path: Path) -> str:
    """Return a text that changes whenever a file of the knowledge is changed, added or taken away.

    A path that cannot be looked at has the empty stamp; ``read_files`` says what is wrong with it.
    """
    try:
        stats = [(file, file.stat()) for file in _paths(path)]
    except OSError:
        return ""
    # A release that was unpacked or checked out beside another may have the very sizes and times of writing of that.
    lines = [f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}" for file, stat in stats]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def read_files(path: Path, faults: list[Fault]) -> list[TextFile]:
    """Read the Markdown, YAML and JSON Lines files below a folder, or a single file, in the order of their paths.

    Hidden files and folders are passed over. What cannot be read is left out and noted as a fault.
    """
    try:
        paths = _paths(path)
        if not path.exists():
            faults.append(Fault(str(path), 0, "error", "there is no such file or folder"))
    except OSError as error:
        faults.append(Fault(str(path), 0, "error", f"cannot be read: {error.strerror}"))
        return []
    root = path.parent if path.is_file() else path
    read = (_read(file, root, faults) for file in paths)
    return [file for file in read if file]


def revision(files: Sequence[TextFile]) -> str:
    """Return a short hash of the files' names and texts."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.folder}/{file.base}\0{file.text}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _paths(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = (file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
    return sorted(file for file in found if file.is_file() and not _is_hidden(file.relative_to(path)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(path: Path, root: Path, faults: list[Fault]) -> TextFile | None:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        faults.append(Fault(str(path), 0, "error", f"cannot be read: {error.strerror}"))
        return None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(Fault(str(path), line, "error", f"is not UTF-8 text: byte {error.start} is wrong"))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.append(Fault(str(path), line, "error", "is not a text file: it holds a NUL byte"))
        return None
    folder = path.parent.relative_to(root).as_posix()
    return TextFile(str(path), "" if folder == "." else folder, path.name, unicodedata.normalize("NFC", text))
