"""Prints what a question costs each part of an installation: python -m tests.replicas.costs.

It measures the processor time that the parts use, not how long anything takes, so that other work on the machine
changes little, least of all how the parts stand to each other. The knowledge is that which comes with faqbot; each
question is another one, and is sent over a connection of its own.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import thread_time

from sqlalchemy import text

from faqbot.assistant import Question
from faqbot.evaluation import read_cases
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.startup import load_assistant
from tests.conftest import CASE_FILES
from tests.replicas.installation import installed
from tests.replicas.nginx import nginx
from tests.replicas.services import postgresql

WARM_UP = 100
CLIENTS = 4
_TICKS = os.sysconf("SC_CLK_TCK")


def family(process: int) -> Iterator[int]:
    """Yield a process, and those that it and its children have started."""
    yield process
    for child in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split():
        yield from family(int(child))


def seconds(process: int) -> float:
    """Return the processor time of a process and those that it started."""
    fields = [Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split() for each in family(process)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / _TICKS


def megabytes(process: int) -> float:
    """Return the memory of a process and those that it started; what they share counts once."""
    rolled_up = [Path(f"/proc/{each}/smaps_rollup").read_text("ascii") for each in family(process)]
    return sum(int(each.partition("\nPss:")[2].split()[0]) for each in rolled_up) / 1_024


def milliseconds_alone(questions: Sequence[str]) -> float:
    """Return the processor time of a question, where it is answered and nothing is done around it."""
    assistant = load_assistant(shipped_knowledge())
    before = thread_time()
    for question in questions:
        assistant.ask(Question(question))
    return (thread_time() - before) * 1_000 / len(questions)


def main() -> None:
    """Measure, and print a table."""
    cases = [case for file in CASE_FILES for case in read_cases(file.read_text("utf-8"), file.name)]
    questions = list(dict.fromkeys(case.text for case in cases))
    settings = {"FAQBOT_KNOWLEDGE": str(shipped_knowledge()), "FAQBOT_RATE_LIMIT": "1000000/minute"}
    with (
        tempfile.TemporaryDirectory() as folder,
        postgresql() as database,
        installed(Path(folder), database, **settings) as installation,
        nginx([each.port for each in installation.servers]) as proxy,
    ):
        parts = {
            "two replicas": [each.process for each in installation.servers],
            "nginx": [proxy.process],
            "PostgreSQL": [database.process],
            "Redis": [installation.redis.process],
        }
        client = proxy.https
        for question in questions[:WARM_UP]:
            client.ask(question)
        before = {name: sum(map(seconds, processes)) for name, processes in parts.items()}
        with ThreadPoolExecutor(CLIENTS + 1) as pool:
            alone = pool.submit(milliseconds_alone, questions)
            done = len(list(pool.map(client.ask, questions[WARM_UP:])))
        print(f"{done} questions")
        print(f"{'answering':<12} {alone.result():6.2f} ms of processor time a question, in a process of its own")
        for name, processes in parts.items():
            milliseconds = (sum(map(seconds, processes)) - before[name]) * 1_000 / done
            memory = sum(map(megabytes, processes))
            print(f"{name:<12} {milliseconds:6.2f} ms of processor time a question, {memory:6.0f} MB")
        with installation.store.database.reading() as connection:
            size = connection.scalar(text("SELECT pg_total_relation_size('exchanges') / count(*) FROM exchanges"))
        print(f"an exchange takes {size} bytes in PostgreSQL, with its indexes")


if __name__ == "__main__":
    main()
