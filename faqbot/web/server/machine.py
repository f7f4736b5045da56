"""What the machine has, and how much of it a server should take."""

import os
import resource
from pathlib import Path

MOST_WORKERS = 4
"""That are started unasked."""
MOST_CONNECTIONS = 20_000
"""Of one worker."""
_KEPT_FREE = 256
"""Files that a worker may have open beside its connections: the store, the knowledge, what it calls."""
_FILES = resource.RLIMIT_NOFILE
_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def cores(quota: Path = _QUOTA) -> int:
    """Return how many cores this process may use, at least 1; a container may have been given less than there are."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        allowed, period = quota.read_text("ascii").split()
        return usable if allowed == "max" else max(1, min(usable, int(allowed) // int(period)))
    except (OSError, ValueError):
        return usable


def workers(cores: int) -> int:
    """Return how many workers to start: one for two cores, but at least one, and at most four.

    A worker keeps one core busy with Python; the other half is left to its sockets, the store and the rest of the
    machine. Several workers count requests each for itself where there is no Redis, so a small machine has one.
    """
    return max(1, min(cores // 2, MOST_WORKERS))


def connections() -> int:
    """Let this process, and those it starts, open as many files as it may; return how many connections that leaves."""
    wanted = MOST_CONNECTIONS + _KEPT_FREE
    soft, hard = (wanted if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(_FILES))
    if soft < min(hard, wanted):
        soft = _raised(min(hard, wanted), soft)
    return max(_KEPT_FREE, min(soft, wanted) - _KEPT_FREE)


def _raised(wanted: int, soft: int) -> int:
    try:
        resource.setrlimit(_FILES, (wanted, resource.getrlimit(_FILES)[1]))
    except (OSError, ValueError):
        # Some systems have another limit beside this one.
        return soft
    return wanted
