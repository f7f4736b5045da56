"""Build an assistant in a process of its own: in ours, each answer would have to take turns with it for a second."""

import gc
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from faqbot.assistant import Assistant
from faqbot.cache import keep_pickled, one_at_a_time, recall_pickled
from faqbot.errors import FaqbotError
from faqbot.knowledge.overlay import Candidate, KeptEdit
from faqbot.startup import build_assistant, load_assistant, made_of, no_garbage

_log = logging.getLogger(__name__)

_SECONDS_TO_BUILD = 900.0
_KEPT = b"kept: "
"""Says that the stamp follows under which it lies in the cache, where many megabytes are read in one go."""
_PAUSE = 0.0005
"""In seconds, after each piece of an assistant that is read, which are 64 KiB and take a millisecond."""


def load_apart(knowledge: Path, edits: Sequence[KeptEdit] = ()) -> Assistant:
    """Load as ``load_assistant`` does, while other threads go on almost as before.

    Of several processes that want the same, one has it built, and then all recall it from the cache at once. Where no
    process can be started, it is built here.

    :raises KnowledgeError: as ``load_assistant`` does.
    """
    try:
        with one_at_a_time(knowledge):
            pickled = recall_pickled(knowledge, made_of(knowledge, edits)) or _built_apart(knowledge, edits)
        found = _unpickled(pickled)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        _log.warning("the knowledge is loaded by the server itself, since no process of its own does (%s)", error)
        return load_assistant(knowledge, edits)
    if isinstance(found, Exception):
        raise found
    return found


def _built_apart(knowledge: Path, edits: Sequence[KeptEdit]) -> bytes | memoryview:
    """Let a process build an assistant, and return it, or why there is none, pickled.

    :raises OSError: if none can be started, or it fails.
    """
    script = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import build_for_parent; build_for_parent()"
    order = pickle.dumps((knowledge, [Candidate(edit.kind, edit.content, edit.id) for edit in edits]))
    # Its errors may quote people. What it cannot do is tried here again, and logged as all errors are.
    silent = subprocess.DEVNULL
    try:
        ended = subprocess.run(
            [sys.executable, "-c", script],
            input=order,
            stdout=subprocess.PIPE,
            stderr=silent,
            timeout=_SECONDS_TO_BUILD,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildProcessError(f"it takes more than {_SECONDS_TO_BUILD:.0f} s") from error
    if ended.returncode:
        raise ChildProcessError(f"it ended with code {ended.returncode}")
    if not ended.stdout.startswith(_KEPT):
        return ended.stdout
    kept = recall_pickled(knowledge, ended.stdout.removeprefix(_KEPT).decode())
    if kept is None:
        raise ChildProcessError("what it kept is not there any more")
    return kept


def _unpickled(pickled: bytes | memoryview) -> Assistant | Exception:
    with no_garbage():
        found: Assistant | Exception = pickle.load(_Slowly(BytesIO(pickled)))
        gc.freeze()
    return found


def build_for_parent() -> None:
    """Build what the standard input says, keep it, say on the standard output where or what it is, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with suppress(BrokenPipeError):
        sys.stdout.buffer.write(_build(*pickle.load(sys.stdin.buffer)))
        sys.stdout.buffer.flush()
    # All that was built would be taken apart at an ordinary end, while the parent waits.
    os._exit(0)


def _build(knowledge: Path, edits: Sequence[Candidate]) -> bytes:
    """Return the stamp of what was built and kept; what was built, or why nothing was, pickled, if it is not kept."""
    stamp = made_of(knowledge, edits)
    try:
        pickled = pickle.dumps(build_assistant(knowledge, edits), protocol=pickle.HIGHEST_PROTOCOL)
    except (FaqbotError, OSError) as error:
        return pickle.dumps(error)
    return _KEPT + stamp.encode() if keep_pickled(knowledge, stamp, pickled) else pickled


class _Slowly:
    """Reads from a file, and lets other threads run after each piece."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.readline = file.readline

    def read(self, size: int = -1) -> bytes:
        time.sleep(_PAUSE)
        return bytes(self._file.read(size))

    def readinto(self, buffer: Any) -> int:
        time.sleep(_PAUSE)
        return int(self._file.readinto(buffer))
