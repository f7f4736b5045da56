"""Processes of other programs that tests start and stop, each in a folder of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest

LONGEST = 60.0
"""Seconds that anything may take before a test gives up."""
_BETWEEN_TRIES = 0.05


def until(met: Callable[[], object], what: str, *, seconds: float = LONGEST) -> None:
    """Return as soon as a condition is met; it is tried some twenty times a second.

    :param what: What is waited for, for the message of the failure.
    """
    deadline, pause = monotonic() + seconds, Event()
    while not met():
        if monotonic() > deadline:
            pytest.fail(f"{what}: not within {seconds:g} s")
        pause.wait(_BETWEEN_TRIES)


def listens(port: int) -> bool:
    """Return whether somebody takes connections."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return True
    return False


@contextmanager
def folder_of(user: str) -> Iterator[Path]:
    """A folder that belongs to a user, as whom root starts what refuses to run as root; to us, if we are not root."""
    folder = Path(tempfile.mkdtemp(prefix="faqbot-test-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_user(name: str) -> bool:
    """Return whether there is such a user."""
    with suppress(KeyError):
        pwd.getpwnam(name)
        return True
    return False


def identity(user: str) -> dict[str, Any]:
    """Return what runs a process as a user, if we are root; else nothing."""
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def start(command: Sequence[str | Path], folder: Path, *, user: str | None = None) -> "subprocess.Popen[bytes]":
    """Start a process that goes on; what it says is in ``log`` in the folder."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **(identity(user) if user else {}))


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, and wait for it."""
    process.terminate()
    process.wait(LONGEST)
