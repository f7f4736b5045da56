"""Add up what the workers of a server count."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prometheus_client import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from faqbot.metrics.folder import VARIABLE
from faqbot.metrics.numbers import REGISTRY

FOLDER = os.environ.get(VARIABLE)
"""Where all workers count; None where this process counts alone. prometheus_client has looked at the same moment."""


def of_all_workers() -> Iterable[Metric]:
    """Return the numbers of all workers that belong to this server, whichever of them is asked."""
    if FOLDER is None:
        return REGISTRY.collect()
    forget_dead(Path(FOLDER))
    collector = MultiProcessCollector(None, FOLDER)  # type: ignore[no-untyped-call]
    found: Iterable[Metric] = collector.collect()  # type: ignore[no-untyped-call]
    return found


def forget_dead(folder: Path) -> None:
    """Take away how workers stand that live no more. What they counted stays."""
    for worker in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*_*.db")}:
        if not _lives(worker):
            with suppress(FileNotFoundError):  # another worker is asked at the same time
                mark_process_dead(worker, str(folder))  # type: ignore[no-untyped-call]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, PermissionError):  # a process of somebody else has got its number
        return False
    return True
