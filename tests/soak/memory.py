"""How much memory the processes of a server hold."""

import os
from contextlib import suppress
from pathlib import Path


def memory(group: int) -> float:
    """Return the memory of all processes of a process group, in MB: what they share counts once (PSS)."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(process.name)) == group:
                lines = (process / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
