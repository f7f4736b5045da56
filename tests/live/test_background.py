"""Threads work until they are stopped, and go on in a process that is forked off."""

import subprocess
import sys
import threading
from queue import Queue

from faqbot.live.background import Background
from tests.following import SECONDS


def test_each_thread_works_under_its_name_until_it_is_stopped() -> None:
    names: Queue[str] = Queue()

    def work(stopped: threading.Event) -> None:
        names.put(threading.current_thread().name)
        stopped.wait(SECONDS)

    background = Background({"one": work, "two": work}, before_again=lambda: None)
    background.start()
    assert {names.get(timeout=SECONDS), names.get(timeout=SECONDS)} == {"one", "two"}
    background.stop()
    assert {"one", "two"} & {thread.name for thread in threading.enumerate()} == set()


def test_it_works_again_after_it_was_stopped() -> None:
    worked: Queue[bool] = Queue()
    background = Background({"one": lambda stopped: worked.put(stopped.is_set())}, before_again=lambda: None)
    for _ in range(2):
        background.start()
        assert worked.get(timeout=SECONDS) is False
        background.stop()


FORKED = """
import os, sys
from queue import Queue
from faqbot.live.background import Background
done = Queue()
started = Background({"one": lambda stopped: done.put("worked")}, before_again=lambda: done.put("prepared"))
stopped = Background({"two": lambda stopped: done.put("two")}, before_again=lambda: done.put("two"))
started.start()
stopped.start()
stopped.stop()
assert sorted((done.get(timeout=20), done.get(timeout=20))) == ["two", "worked"]
child = os.fork()
if child == 0:
    os._exit(0 if [done.get(timeout=20), done.get(timeout=20)] == ["prepared", "worked"] and done.empty() else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_process_that_is_forked_off_prepares_and_works_too_but_not_what_was_stopped() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED], timeout=SECONDS, check=False)
    assert done.returncode == 0
