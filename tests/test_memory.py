"""Memory that is free goes back to the operating system."""

import platform
from pathlib import Path

import pytest

from faqbot.memory import give_back

BLOCKS = 50_000
KILOBYTES_A_BLOCK = 1


def resident() -> int:
    """Return the memory of this process, in kB."""
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked to")
def test_what_lies_free_below_something_that_is_kept_is_given_back() -> None:
    blocks = [bytes(KILOBYTES_A_BLOCK * 1024) for _ in range(BLOCKS)]
    kept = blocks[-1]
    del blocks
    before = resident()
    give_back()
    assert before - resident() > BLOCKS * KILOBYTES_A_BLOCK / 2
    assert not any(kept)
