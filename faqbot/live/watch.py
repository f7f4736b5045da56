"""Notice that the files of the knowledge may have changed."""

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

from watchfiles import watch

_log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.2
_QUIET_MS = 100
"""Files that are saved together shall be taken together: so long no file may change before a change is told."""
_NEVER_QUIET_MS = 400
"""After so long a change is told even if more follow."""


def moments(path: Path, stopped: Event) -> Iterator[bool]:
    """Yield whether the system says that files changed, five times a second and when it does, until ``stopped`` is set.

    The system does not say all: it is silent about network drives, and about what links lead to.

    :param path: A folder or a file; it may go away, come back, and be replaced.
    """
    can_watch = True
    while not stopped.is_set():
        yield False
        try:
            yield from _told(path, stopped)
        except FileNotFoundError:
            stopped.wait(SECONDS_BETWEEN_LOOKS)
        except (OSError, RuntimeError, ValueError) as error:
            if can_watch:
                _log.warning("the system does not watch %a (%s); it is looked at every now and then", str(path), error)
            can_watch = False
            stopped.wait(SECONDS_BETWEEN_LOOKS)


def _told(path: Path, stopped: Event) -> Iterator[bool]:
    """Yield as ``moments`` does, until there is something else at the path, which must be watched anew."""
    before = _identity(path)
    is_folder = path.is_dir()
    changes = watch(
        # A file that is saved by renaming is another one afterwards; its folder stays.
        path if is_folder else path.parent,
        recursive=is_folder,
        watch_filter=None,
        debounce=_NEVER_QUIET_MS,
        step=_QUIET_MS,
        stop_event=stopped,
        rust_timeout=int(1_000 * SECONDS_BETWEEN_LOOKS),
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    with closing(changes):
        for changed in changes:
            replaced = _identity(path) != before
            yield bool(changed) or replaced
            if replaced:
                return


def _identity(path: Path) -> tuple[int, int] | None:
    """Return which file or folder is at a path; None if there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
