"""What a server takes of the machine."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from faqbot.web.server import machine


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 3), (8, 4), (64, 4)])
def test_a_small_machine_has_one_worker_and_a_large_one_four(cores: int, workers: int) -> None:
    assert machine.workers(cores) == workers


@pytest.mark.parametrize(
    ("quota", "allowed"), [("100000 100000\n", 1), ("50000 100000", 1), ("max 100000", None), ("", None), ("x y", None)]
)
def test_a_container_has_as_many_cores_as_it_was_given(quota: str, allowed: int | None, tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text(quota, "ascii")
    usable = len(os.sched_getaffinity(0))
    assert machine.cores(tmp_path / "cpu.max") == min(allowed or usable, usable)
    assert machine.cores(tmp_path / "nowhere") == usable


@pytest.mark.parametrize(("soft", "hard", "connections"), [(256, 1_024, 768), (1_024, 1_024, 768), (300, 300, 256)])
def test_as_many_connections_are_taken_as_files_may_be_open(soft: int, hard: int, connections: int) -> None:
    program = (
        "import resource\n"
        "from faqbot.web.server.machine import connections\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))\n"
        "print(connections(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == [str(connections), str(hard)]


def test_there_is_an_end_to_connections() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert machine.connections() <= machine.MOST_CONNECTIONS
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
