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
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from faqbot.assistant import Assistant
from faqbot.cache import keep_pickled, one_at_a_time, recall
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
        except OSError as error:
            _log.warning("the knowledge is loaded by the server itself, since no process of its own does (%s)", error)
            return load_assistant(knowledge, edits)
    if isinstance(found, Exception):
        raise found
    return found


def _ask_for(knowledge: Path, edits: Sequence[Candidate]) -> Assistant | Exception:
    """Let a process build an assistant, and return it, or why there is none.

    :raises OSError: if none can be started, or it ends before it has said all.
    """
    script = f"import sys; sys.path[:] = {sys.path!r}; from faqbot.apart import build_for_parent; build_for_parent()"
    command = [sys.executable, "-c", script]
    # Its errors may quote people. What it cannot do is tried here again, and logged as all errors are.
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=silent) as process:
        end = Timer(_SECONDS_TO_BUILD, process.kill)
        end.start()
        try:
            return _answer(process, pickle.dumps((knowledge, edits)))
        except EOFError as error:
            raise ChildProcessError(f"it ended with code {process.wait()}") from error
        except pickle.UnpicklingError as error:
            raise ChildProcessError("it said what it should not") from error
        finally:
            end.cancel()


def _answer(process: "subprocess.Popen[bytes]", order: bytes) -> Assistant | Exception:
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin as stdin:
        stdin.write(order)
    process.stdout.peek()  # type: ignore[attr-defined]
    with no_garbage():
        found: Assistant | Exception = _read_slowly(process.stdout)
        gc.freeze()
    return found


def build_for_parent() -> None:
    """Build what the standard input says, write it to the standard output, keep it, and end the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with suppress(BrokenPipeError):
        _build(*pickle.load(sys.stdin.buffer))
    # All that was built would be taken apart at an ordinary end, while the parent waits.
    os._exit(0)


def _build(knowledge: Path, edits: Sequence[Candidate]) -> None:
    stamp, out = made_of(knowledge, edits), _Noted(sys.stdout.buffer)
    found: Assistant | Exception
    try:
        found = build_assistant(knowledge, edits)
    except (FaqbotError, OSError) as error:
        found = error
    pickle.dump(found, out, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()
    if isinstance(found, Assistant):
        keep_pickled(knowledge, stamp, bytes(out.written))


class _Noted:
    """Writes to a file, piece by piece, so that the parent reads one while the next is made; and notes what it was."""

    def __init__(self, file: BinaryIO) -> None:
        self.written = bytearray()
        self._file = file

    def write(self, content: bytes) -> int:
        self.written += content
        return self._file.write(content)


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
