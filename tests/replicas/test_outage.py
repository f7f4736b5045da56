"""The database or Redis goes away and comes back; people get their answers throughout."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import select

from faqbot.store.tables import exchanges
from tests.replicas.client import Client
from tests.replicas.console import Editor
from tests.replicas.installation import Installation, installed
from tests.replicas.load import Load, load
from tests.replicas.processes import until
from tests.replicas.services import Postgresql

ASKED = "are you open on Sunday"
SECONDS_TO_ANSWER = 10.0
"""That whoever asks waits, at most."""
WRITERS = 32
"""So many that they would fill all threads of both servers for longer than that, if each waited for the database."""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, postgres: Postgresql) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("outage"), postgres, FAQBOT_RATE_LIMIT="off") as found:
        yield found


@pytest.fixture
def clients(installation: Installation) -> Sequence[Client]:
    return [each.client for each in installation.servers]


class Visitor:
    """Asks both servers, and is not ready to wait for long.

    It reads each reply for so many seconds, so that no more is asked in an outage than the queues of the servers hold.
    """

    def __init__(self, clients: Sequence[Client], *, reads: float = 0.0) -> None:
        self._clients = cycle([replace(each, seconds=SECONDS_TO_ANSWER) for each in clients])
        self._reads = partial(Event().wait, reads)
        self.answered: list[str] = []

    def ask(self) -> None:
        self.answered.append(next(self._clients).ask(ASKED)["message_id"])
        self._reads()


class Writer:
    """Wants things to be written, at both servers."""

    def __init__(self, clients: Sequence[Client]) -> None:
        self._clients = cycle(clients)
        self.statuses: set[int] = set()

    def hand_over(self) -> None:
        self._send("/api/handoff", {"message": "cho em gặp thủ thư"})

    def judge(self) -> None:
        self._send("/api/feedback", {"message_id": "unknown", "helpful": True})

    def _send(self, path: str, body: object) -> None:
        self.statuses.add(next(self._clients).post(path, body).status)


def is_open(client: Client) -> bool:
    return client.post("/api/handoff", {"message": "cho em gặp thủ thư"}).status == 201


def kept(installation: Installation) -> set[str]:
    with installation.store.database.reading() as connection:
        return set(connection.scalars(select(exchanges.c.id)))


def last(running: Load, seconds: float) -> None:
    """Let clients go on for so long."""
    end = monotonic() + seconds
    while monotonic() < end:
        running.wait_for_more(10)


@contextmanager
def stopped(postgres: Postgresql) -> Iterator[None]:
    """The database server is stopped while the block runs."""
    postgres.stop()
    try:
        yield
    finally:
        postgres.start()


@contextmanager
def silent(postgres: Postgresql) -> Iterator[None]:
    """In place of the database server there is one that says nothing, as when its machine hangs."""
    with stopped(postgres), socket.create_server(("127.0.0.1", postgres.port)):
        yield


@pytest.mark.parametrize("seconds", [5.0, pytest.param(30.0, marks=pytest.mark.timing)])
def test_answers_go_on_while_the_database_is_down_and_are_written_when_it_is_back(
    installation: Installation, clients: Sequence[Client], seconds: float
) -> None:
    visitor = Visitor(clients, reads=0.01)
    assert all(is_open(each) for each in clients)
    with load(visitor.ask) as running:
        running.wait_for_more(20)
        with stopped(installation.postgres):
            last(running, seconds)
            down = [each.part(part) for each in clients for part in ("store", "queue")]
        running.wait_for_more(20)
    assert running.failures == []
    assert [each["status"] for each in down] == ["degraded"] * 4
    assert all("the store is down" in each["reason"] for each in down)
    until(lambda: all(is_open(each) for each in clients), "tickets are taken again")
    until(lambda: set(visitor.answered) <= kept(installation), "all that was answered is written down")
    assert {each.part("store")["status"] for each in clients} == {"ok"}


@pytest.mark.parametrize("outage", [stopped, silent])
def test_who_wants_to_write_meanwhile_is_refused_and_does_not_hold_up_the_others(
    installation: Installation, clients: Sequence[Client], outage: Callable[[Postgresql], AbstractContextManager[None]]
) -> None:
    visitor, writer, editor = Visitor(clients), Writer(clients), Editor(clients[0])
    with outage(installation.postgres):
        with load(writer.hand_over, writer.judge, clients=WRITERS), load(visitor.ask) as asking:
            asking.wait_for_more(200)
        pages = [editor.get(each, "/helpdesk/gaps").status for each in clients]
    assert asking.failures == []
    assert writer.statuses == {503}
    assert pages == [503, 503]
    until(lambda: editor.get(clients[1], "/helpdesk/gaps").status == 200, "the console is back")
    until(lambda: all(is_open(each) for each in clients), "tickets are taken again")
