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
from pathlib import Path
from threading import Timer
from typing import Any

from faqbot.assistant import Assistant
from faqbot.cache import keep, one_at_a_time, recall
from faqbot.errors import FaqbotError
from faqbot.knowledge.overlay import Candidate, KeptEdit
from faqbot.startup import build_assistant, load_assistant, made_of, no_garbage

_log = logging.getLogger(__name__)

_SECONDS_TO_BUILD = 900.0
_PAUSE = 0.0005
"""In seconds, after each piece of an assistant that is read, which are 64 KiB and take a millisecond."""


def load_apart(knowledge: Path, edits: Sequence[KeptEdit] = ()) -> Assistant:
    """Load as ``load_assistant`` does, while other threads go on almost as before.

    Of several processes that want the same, one has it built, and the others recall it from the cache. Where no process
    can be started, it is built here.

    :raises KnowledgeError: as ``load_assistant`` does.
    """
    with one_at_a_time(knowledge):
        with no_garbage():
            kept = recall(knowledge, made_of(knowledge, edits), read=_read_slowly)
            if kept is not None:
                gc.freeze()
                return kept
        try:
            found = _ask_for(knowledge, [Candidate(edit.kind, edit.content, edit.id) for edit in edits])
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            _log.warning("the knowledge is loaded by the server itself, since no process of its own does (%s)", error)
            return load_assistant(knowledge, edits)
    if isinstance(found, Exception):
        raise found
    return found


def _ask_for(knowledge: Path, edits: Sequence[Candidate]) -> Assistant | Exception:
    """Let a process build an assistant, and return it, or why there is none.

    :raises OSError: if none can be started.
    :raises EOFError: if it ends without a word; so does pickle.UnpicklingError if it ends in the middle of one.
    """
    script = f"import sys; sys.path[:] = {sys.path!r}; from faqbot.apart import build_for_parent; build_for_parent()"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        end = Timer(_SECONDS_TO_BUILD, process.kill)
        end.start()
        try:
            with process.stdin as order:
                order.write(pickle.dumps((knowledge, edits)))
            process.stdout.peek(1)  # type: ignore[attr-defined]
            with no_garbage():
                found: Assistant | Exception = _read_slowly(process.stdout)
                gc.freeze()
            return found
        finally:
            end.cancel()


def build_for_parent() -> None:
    """Build what the standard input says, and write it to the standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    knowledge, edits = pickle.load(sys.stdin.buffer)
    stamp = made_of(knowledge, edits)
    try:
        body = keep(knowledge, stamp, build_assistant(knowledge, edits))
    except (FaqbotError, OSError) as error:
        body = pickle.dumps(error)
    try:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _read_slowly(file: Any) -> Any:
    return pickle.load(_Slowly(file))
