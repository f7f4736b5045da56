"""Memory that is free goes back to the operating system."""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Hand back what the C library keeps although it is free; nothing happens where that is not glibc.

    Making an index takes more memory than the index: without this, a worker that has loaded the KVM knowledge anew
    holds 50 MB more.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found
