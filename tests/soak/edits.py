"""How long edits of the shipped knowledge take until all workers answer by them: ``python -m tests.soak.edits``."""

from pathlib import Path
from shutil import copytree
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psutil

from faqbot.knowledge.loader import shipped_knowledge
from tests.load.questions import distinct_questions
from tests.server_process import LONGEST, running_faqbot
from tests.soak.editing import Editor
from tests.soak.load import Load
from tests.soak.revision import revision

_WORKERS = 2
_EDITS = 12
_REQUESTS_A_SECOND = 60.0
_SECONDS_BETWEEN_LOOKS = 0.02
_LOOKS = 24
"""So many in a row that see the new knowledge have met all workers."""
_SECONDS_TO_SETTLE = 3.0


def main() -> None:
    """Edit files and store in turn under some load, and print what came of it."""
    with TemporaryDirectory() as folder:
        knowledge, data = Path(copytree(shipped_knowledge(), Path(folder, "knowledge"))), Path(folder, "data")
        with running_faqbot(knowledge, data, {"XDG_CACHE_HOME": str(data / "cache")}, workers=_WORKERS) as server:
            workers, editor = psutil.Process(server.process.pid).children(), Editor(knowledge, data)
            with Load(server.port, distinct_questions(), _REQUESTS_A_SECOND) as load:
                sleep(_SECONDS_TO_SETTLE)
                before, quiet = _megabytes(workers), load.take().latencies
                seconds = [seconds_of(server.port, editor) for _ in range(_EDITS)]
                results = load.take()
            print(f"edits: {', '.join(f'{each:.1f}' for each in seconds)} s; median {median(seconds):.1f}")
            print(f"99% of answers: {_percentile_99_ms(quiet):.0f} ms, and {_percentile_99_ms(results.latencies):.0f}")
            print(f"failed meanwhile: {len(results.failures)} of {len(results.latencies)}")
            print(f"a worker: {before:.0f} MB before, {_megabytes(workers):.0f} MB after")
            editor.close()
            server.stop()


def seconds_of(port: int, editor: Editor) -> float:
    """Make an edit, and return for how many seconds some worker answered as before."""
    old, began = revision(port), monotonic()
    editor.edit()
    last, new = began, 0
    while new < _LOOKS and monotonic() < began + LONGEST:
        looked = monotonic()
        new = 0 if revision(port) == old else new + 1
        last = looked if new == 0 else last
        sleep(_SECONDS_BETWEEN_LOOKS)
    return last - began


def _percentile_99_ms(latencies: list[float]) -> float:
    return 1_000 * quantiles(latencies, n=100)[98]


def _megabytes(processes: list[psutil.Process]) -> float:
    """Return the memory of one of them; what they share counts in equal parts for each (PSS)."""
    return sum(float(each.memory_full_info().pss) for each in processes) / len(processes) / 1e6


if __name__ == "__main__":
    main()
