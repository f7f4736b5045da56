"""Keep a built assistant on disk, so that the next start need not build it again."""

import hashlib
import pickle
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_cache_path

from faqbot import __version__
from faqbot.assistant import Assistant

_BUILT_BY = ("numpy", "rapidfuzz", "PyStemmer", "markdown-it-py", "nh3")
_UNREADABLE = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    IndexError,
    TypeError,
    ValueError,
)


def recall(knowledge: Path, stamp: str) -> Assistant | None:
    """Return the assistant kept for a knowledge folder or file, if it was built from what bears this stamp.

    None if there is none, it is of other files or another version, or it cannot be read any more.
    """
    try:
        with _file(knowledge).open("rb") as file:
            if pickle.load(file) != _made_of(stamp):
                return None
            found = pickle.load(file)
    except _UNREADABLE:
        return None
    return found if isinstance(found, Assistant) else None


def keep(knowledge: Path, stamp: str, assistant: Assistant) -> None:
    """Keep an assistant, in place of the one kept before; where the cache folder cannot be written, keep nothing."""
    target = _file(knowledge)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            pickle.dump(_made_of(stamp), file)
            pickle.dump(assistant, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(file.name).replace(target)
    except OSError:
        return


def _file(knowledge: Path) -> Path:
    name = hashlib.sha256(str(knowledge.resolve()).encode()).hexdigest()[:16]
    return user_cache_path("faqbot") / f"{name}.pickle"


def _made_of(stamp: str) -> str:
    """Name all that an assistant is made of: its files, this code, and the libraries that it was built by."""
    digest = hashlib.sha256(f"{stamp} {sys.version} {__version__}".encode())
    for library in _BUILT_BY:
        digest.update(version(library).encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        stat = source.stat()
        digest.update(f"{source.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()
