"""Can everything be written that must be, and nothing be read that must not?"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from platformdirs import user_cache_path

from faqbot.doctor.finding import Finding, Installation, Level, fault, ok, warning
from faqbot.settings.kept_key import NAME, kept_key
from faqbot.store.address import sqlite_file

_OTHERS = 0o077
"""Rights of everybody but the owner."""
_LOW, _LOWEST = 1024, 100
"""Free space in MiB from which on there is a warning, and a fault."""


def data(found: Installation) -> Iterator[Finding]:
    """The data folder, where something is kept in it: the store, or the secret key."""
    settings = found.settings
    if settings.secret_key and sqlite_file(settings.store_url()) is None:
        return
    yield _writable("FAQBOT_DATA", found.settings.data, "let the server's user write there, or name another folder")


def key_file(found: Installation) -> Iterator[Finding]:
    """The secret key that was made, if it is the one that counts."""
    path = found.settings.data / NAME
    if found.settings.secret_key or found.settings.replicated or not path.exists():
        return
    kept_key(found.settings.data)
    yield _private(path)


def cache(found: Installation) -> Iterator[Finding]:
    """The folder of the built index."""
    folder = user_cache_path("faqbot")
    advice = "set XDG_CACHE_HOME to a folder that can be written, or each start builds the index again"
    written = _writable("index cache", folder, advice)
    yield written if written.level is Level.OK else replace(written, level=Level.WARNING)


def space(found: Installation) -> Iterator[Finding]:
    """Free space where the data are."""
    folder = _nearest(found.settings.data)
    free = shutil.disk_usage(folder).free // 1024**2
    where, said = "disk", f"{free:,} MiB free in {folder}"
    advice = "make room, or set FAQBOT_RETENTION_DAYS lower: a full disk loses tickets and feedback"
    if free < _LOWEST:
        yield fault(where, said, advice)
    elif free < _LOW:
        yield warning(where, said, advice)
    else:
        yield ok(where, said)


def sqlite(found: Installation) -> Iterator[Finding]:
    """The file of an SQLite store: its rights, and whether its folder bears readers beside a writer."""
    file = sqlite_file(found.settings.store_url())
    if file is None:
        return
    for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        if each.exists():
            yield _private(each)
    folder = _nearest(file.parent)
    if not _takes_wal(folder):
        yield fault(
            str(folder),
            "its file system cannot share memory between processes, as SQLite needs (WAL)",
            "put FAQBOT_DATA on a local disk, not on a network share, or use PostgreSQL",
        )


def _writable(where: str, folder: Path, advice: str) -> Finding:
    existing = _nearest(folder)
    try:
        if not existing.is_dir():
            return fault(where, f"{existing} is no folder", advice)
        with TemporaryFile(dir=existing) as file:
            file.write(b"x")
    except OSError as error:
        return fault(where, f"{existing} cannot be written ({error.strerror})", advice)
    return ok(where, f"{folder} can be written" if folder == existing else f"{folder} can be made")


def _private(path: Path) -> Finding:
    mode = path.stat().st_mode & 0o777
    if mode & _OTHERS:
        return fault(str(path), f"others may use it (mode {mode:o})", f"chmod 600 {path}")
    return ok(str(path), f"its owner's alone (mode {mode:o})")


def _nearest(path: Path) -> Path:
    """Return a path, or, where nothing is there, what is nearest above it."""
    return next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())


def _takes_wal(folder: Path) -> bool:
    try:
        with (
            TemporaryDirectory(dir=folder, prefix=".faqbot-") as place,
            closing(sqlite3.connect(Path(place) / "probe")) as connection,
        ):
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            connection.execute("CREATE TABLE probe (id)")
    except OSError:
        return True  # The folder cannot be written, which is a finding of its own.
    except sqlite3.Error:
        return False
    return bool(mode == "wal")
