"""Serve at half load for a while, with edits: ``python -m tests.soak [--minutes 10]``.

It fails if a request failed, if no edit was taken over, or if the memory at the end is more than 5% above that of
minute two.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from faqbot.knowledge.loader import shipped_knowledge
from tests.server_process import running_faqbot
from tests.soak.editing import Editor
from tests.soak.load import Load, Results
from tests.soak.memory import memory
from tests.soak.revision import revision

_CASES = Path(__file__).parents[1] / "cases"
_WORKERS = 2
_SECONDS_AT_FULL_LOAD = 10.0
_SECONDS_BETWEEN_EDITS = 20.0
_SECONDS_BETWEEN_SAMPLES = 15.0
_MOST_GROWTH = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen at a time."""

    at: float
    """Minutes since the beginning."""
    megabytes: float
    knowledge: str
    """How ``/readyz`` names it."""
    results: Results
    """Of the requests since the sample before."""


def main() -> None:
    """Run the soak, print its table, and exit with 1 if something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    minutes = parser.parse_args().minutes
    with TemporaryDirectory() as folder:
        knowledge, data = Path(copytree(shipped_knowledge(), Path(folder, "knowledge"))), Path(folder, "data")
        cache = {"XDG_CACHE_HOME": str(data / "cache")}
        with running_faqbot(knowledge, data, cache, workers=_WORKERS) as server:
            samples = soak(server.port, server.process.pid, Editor(knowledge, data), minutes)
            server.stop()
    faults = faults_of(samples, minutes)
    print("\n".join(faults) or "no request failed, and the memory stayed")
    sys.exit(bool(faults))


def soak(port: int, process: int, editor: Editor, minutes: float) -> list[Sample]:
    """Find the full load, and serve at half of it."""
    questions = [
        json.loads(line)["q"]
        for file in sorted(_CASES.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    with Load(port, questions, None) as load:
        sleep(_SECONDS_AT_FULL_LOAD)
        full = len(load.take().latencies) / _SECONDS_AT_FULL_LOAD
    print(f"full load {full:.0f} requests a second; {minutes:g} minutes at half of it, {_WORKERS} workers")
    print(f"{'minute':>6} {'MB':>7} {'requests':>9} {'failed':>7} {'p50 ms':>7} {'p99 ms':>7}  knowledge", flush=True)
    began, samples = monotonic(), list[Sample]()
    next_edit, next_sample = _SECONDS_BETWEEN_EDITS / 4, _SECONDS_BETWEEN_SAMPLES
    with Load(port, questions, full / 2) as load:
        while (passed := monotonic() - began) < minutes * 60:
            if passed >= next_edit:
                editor.edit()
                next_edit += _SECONDS_BETWEEN_EDITS
            if passed >= next_sample:
                samples.append(Sample(passed / 60, memory(process), revision(port), load.take()))
                _show(samples[-1])
                next_sample += _SECONDS_BETWEEN_SAMPLES
            sleep(0.2)
    editor.close()
    return samples


def faults_of(samples: Sequence[Sample], minutes: float) -> list[str]:
    """Return what is wrong; where the soak is short, a fifth of it stands for minute two."""
    faults = sorted({failure for sample in samples for failure in sample.results.failures})
    if len({sample.knowledge for sample in samples}) < 2:
        faults.append("no edit was taken over")
    faults += sorted({sample.knowledge for sample in samples if "revision" not in sample.knowledge})
    early, late = _around(samples, min(2.0, minutes / 5)), _around(samples, minutes)
    print(f"memory {early:.0f} MB early, {late:.0f} MB at the end ({late / early - 1:+.1%})")
    if late > early * (1 + _MOST_GROWTH):
        faults.append(f"the memory grew by more than {_MOST_GROWTH:.0%}")
    return faults


def _around(samples: Sequence[Sample], minute: float) -> float:
    """Return the median memory of the five samples nearest to a minute: a reload needs more for a moment."""
    return median(each.megabytes for each in sorted(samples, key=lambda each: abs(each.at - minute))[:5])


def _show(sample: Sample) -> None:
    latencies = [1000 * each for each in sample.results.latencies]
    p50, p99 = (quantiles(latencies, n=100)[at] for at in (49, 98)) if len(latencies) > 1 else (0.0, 0.0)
    counts = f"{len(latencies):>9} {len(sample.results.failures):>7} {p50:>7.0f} {p99:>7.0f}"
    print(f"{sample.at:>6.2f} {sample.megabytes:>7.0f} {counts}  {sample.knowledge}", flush=True)


if __name__ == "__main__":
    main()
