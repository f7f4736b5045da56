"""Keep a built assistant on disk, so that the next start need not build it again."""

import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from faqbot import __version__
from faqbot.assistant import Assistant
from faqbot.whole_file import write_whole

_BUILT_BY = ("numpy", "rapidfuzz", "PyStemmer", "markdown-it-py", "mdit-py-plugins", "nh3", "pyyaml")
_HEAD_LENGTH = hashlib.sha256().digest_size
_NO_FILE = (OSError, RuntimeError)
"""RuntimeError: a link that leads to itself, before Python 3.13."""
_SECONDS_FOR_ANOTHER = 600.0


def recall(knowledge: Path, stamp: str) -> Assistant | None:
    """Return the assistant kept for a knowledge folder or file, if it was built from what bears this stamp.

    None if there is none, it is of other files or another version, or its file is damaged.
    """
    body = recall_pickled(knowledge, stamp)
    return None if body is None else pickle.loads(body)


def recall_pickled(knowledge: Path, stamp: str) -> memoryview | None:
    """Return what ``recall`` does, still pickled."""
    try:
        content = memoryview(_file(knowledge).read_bytes())
    except _NO_FILE:
        return None
    head, body = content[:_HEAD_LENGTH], content[_HEAD_LENGTH:]
    return body if head == _head(stamp, body) else None


def keep(knowledge: Path, stamp: str, assistant: Assistant) -> None:
    """Keep an assistant, in place of the one kept before; where the cache folder cannot be written, keep nothing."""
    keep_pickled(knowledge, stamp, pickle.dumps(assistant, protocol=pickle.HIGHEST_PROTOCOL))


def keep_pickled(knowledge: Path, stamp: str, body: bytes) -> bool:
    """Keep an assistant as ``keep`` does, and return whether it is kept."""
    try:
        write_whole(_file(knowledge), _head(stamp, body) + body)
    except _NO_FILE:
        return False
    return True


@contextmanager
def one_at_a_time(knowledge: Path) -> Iterator[None]:
    """Keep out other processes that build the same knowledge meanwhile, if the cache folder can be written."""
    lock = None
    with suppress(*_NO_FILE, Timeout):
        file = _file(knowledge).with_suffix(".lock")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(file, timeout=_SECONDS_FOR_ANOTHER, mode=0o600)
        lock.acquire()
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _file(knowledge: Path) -> Path:
    name = hashlib.sha256(os.fsencode(knowledge.resolve())).hexdigest()[:16]
    return user_cache_path("faqbot") / name


def _head(stamp: str, body: bytes | memoryview) -> bytes:
    """Name all that an assistant is made of (its files, our code and words, its libraries), and its bytes on disk."""
    digest = hashlib.sha256(f"{stamp} {sys.version} {__version__}".encode())
    for library in _BUILT_BY:
        digest.update(version(library).encode())
    for source in sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".yaml")):
        stat = source.stat()
        digest.update(f"{source.name} {stat.st_size} {stat.st_mtime_ns}".encode())
    digest.update(hashlib.sha256(body).digest())
    return digest.digest()
