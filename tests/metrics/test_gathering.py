"""Any worker tells the numbers of all, also of those that died."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import pytest

from faqbot.metrics.folder import VARIABLE
from faqbot.metrics.gathering import forget_dead
from tests.conftest import DATA
from tests.metrics.reading import number
from tests.server_process import LONGEST, running_faqbot

QUESTIONS = 60
FORKING = """
import multiprocessing, os, signal
from pathlib import Path
from faqbot.metrics.gathering import of_all_workers
from faqbot.metrics.numbers import EXCHANGES_LOST, EXCHANGES_WAITING

def work(ready, end):
    EXCHANGES_LOST.inc(2)
    EXCHANGES_WAITING.set(3)
    ready.release()
    end.acquire()

def told():
    found = {sample.name: sample.value for metric in of_all_workers() for sample in metric.samples}
    return found["faqbot_exchanges_lost_total"], found["faqbot_exchanges_waiting"]

context = multiprocessing.get_context("fork")
ready, end = context.Semaphore(0), context.Semaphore(0)
workers = [context.Process(target=work, args=(ready, end)) for _ in range(2)]
for worker in workers:
    worker.start()
    ready.acquire()
print(*told())
os.kill(workers[0].pid, signal.SIGKILL)
workers[0].join()
print(*told())
end.release()
workers[1].join()
print(*told())
"""


def test_counts_of_the_dead_stay_and_how_they_stood_goes(tmp_path: Path) -> None:
    environ = {**os.environ, VARIABLE: str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", FORKING], env=environ, capture_output=True, text=True, timeout=LONGEST)
    assert run.stderr == ""
    assert run.stdout.splitlines() == ["4.0 6.0", "4.0 3.0", "4.0 0.0"]


def test_two_workers_that_are_asked_at_once_may_both_forget(tmp_path: Path) -> None:
    for dead in range(20):
        (tmp_path / f"gauge_livesum_{2**22 + 1 + dead}.db").touch()
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(forget_dead, [tmp_path] * 4))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server with two workers."""
    with running_faqbot(DATA / "library", tmp_path, workers=2) as server:
        yield server.port
        server.stop()
    _announced, *written = server.log.read_text("utf-8").splitlines()
    lines = [json.loads(line) for line in written]
    assert {"time", "level", "logger", "message", "worker"} <= set.intersection(*map(set, lines))


def wait_until(happens: Callable[[], bool]) -> None:
    deadline = monotonic() + LONGEST
    while not happens():
        assert monotonic() < deadline


@contextmanager
def talking(port: int) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST)) as connection:
        yield connection


def metrics(port: int) -> str:
    with talking(port) as connection:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()


def ask(port: int) -> int:
    with talking(port) as connection:
        body = json.dumps({"message": "are you open on Sunday"})
        connection.request("POST", "/api/chat", body, {"Content-Type": "application/json"})
        return connection.getresponse().status


def test_every_worker_of_a_real_server_tells_the_same(port: int) -> None:
    wait_until(lambda: number(metrics(port), "faqbot_workers") == 2)
    with ThreadPoolExecutor(4) as people:
        assert set(people.map(lambda _: ask(port), range(QUESTIONS))) == {200}
    wait_until(lambda: number(metrics(port), "faqbot_exchanges_waiting") == 0)
    for _ in range(10):
        told = metrics(port)
        named = {"outcome": "answer", "language": "en", "channel": "web"}
        assert number(told, "faqbot_questions_total", **named) == QUESTIONS
        assert number(told, "faqbot_answer_duration_seconds_count") == QUESTIONS
        assert number(told, "faqbot_request_duration_seconds_count", endpoint="/api/chat") == QUESTIONS
