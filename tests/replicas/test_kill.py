"""A server is killed while people write through both; what was acknowledged is there, at the other one."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import cycle
from threading import Lock

import pytest
from sqlalchemy import select

from faqbot.store.tables import feedback
from tests.replicas.client import Client
from tests.replicas.console import Editor
from tests.replicas.installation import Installation, installed
from tests.replicas.load import load
from tests.replicas.processes import until
from tests.replicas.replica import Replica
from tests.replicas.services import Postgresql
from tests.server_process import CLOSED

UNKNOWN = (
    *("volcano eruption", "sourdough bread", "tennis racket", "solar panel", "violin strings", "dinosaur bones"),
    *("mortgage interest", "chess opening", "garden fence", "submarine engine", "wedding cake", "goldfish bowl"),
    *("diesel truck", "perfume bottle", "mountain bicycle", "vaccine dosage", "chocolate recipe", "desert camel"),
    *("pirate treasure", "ski lift", "opera singer", "beehive honey", "castle moat", "comet tail"),
)
"""What the knowledge does not answer; each is a gap of its own."""


@pytest.fixture
def installation(tmp_path_factory: pytest.TempPathFactory, postgres: Postgresql) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("kill"), postgres, FAQBOT_RATE_LIMIT="off") as found:
        yield found


class People:
    """Write through both servers, one of which may die, and remember what was acknowledged."""

    def __init__(self, servers: Sequence[Replica], editor: Editor, gaps: Sequence[str]) -> None:
        self._clients = cycle([each.client for each in servers])
        self._editor = editor
        self._gaps = iter(gaps)
        self._lock = Lock()
        self.doomed: Client | None = None
        self.tickets: dict[str, str] = {}
        """Messages by the token of the ticket."""
        self.judged: list[str] = []
        """Names of replies."""
        self.edits: list[str] = []
        """Paths of the gaps that they fill."""

    def hand_over(self) -> None:
        client, message = self._next(), f"cho em gặp thủ thư {len(self.tickets)}"
        with self._if_it_lives(client):
            reply = client.post("/api/handoff", {"message": message})
            assert reply.status == 201
            self.tickets[reply.json["token"]] = message

    def judge(self) -> None:
        client = self._next()
        with self._if_it_lives(client):
            message_id = client.ask("are you open on Sunday")["message_id"]
            assert client.post("/api/feedback", {"message_id": message_id, "helpful": True}).status == 204
            self.judged.append(message_id)

    def edit(self) -> None:
        client = self._next()
        with self._lock:
            gap = next(self._gaps, None)
        if gap is None:
            self.judge()
            return
        with self._if_it_lives(client):
            assert self._editor.answer(client, gap, f"câu hỏi {gap[-12:]}").status == 303
            self.edits.append(gap)

    def _next(self) -> Client:
        with self._lock:
            return next(self._clients)

    def _if_it_lives(self, client: Client) -> AbstractContextManager[None]:
        return suppress(*CLOSED) if client is self.doomed else nullcontext()


def people(installation: Installation) -> People:
    """Those who write; an editor among them has found what is missing."""
    first = installation.servers[0].client
    for question in UNKNOWN:
        first.ask(question)
    editor = Editor(first)
    until(lambda: len(editor.gaps(first)) >= len(UNKNOWN), "all gaps are there")
    return People(installation.servers, editor, editor.gaps(first))


def test_nothing_that_was_acknowledged_is_lost_with_a_killed_server(installation: Installation) -> None:
    everybody = people(installation)
    for doomed in installation.servers:
        with load(everybody.hand_over, everybody.judge, everybody.edit, clients=6) as running:
            running.wait_for_more(60)
            everybody.doomed = doomed.client
            running.wait_for_more(20)
            doomed.kill()
            running.wait_for_more(60)
        assert running.failures == []
        doomed.start()
        doomed.wait()
        everybody.doomed = None
    assert min(len(everybody.tickets), len(everybody.judged), len(everybody.edits)) >= 10
    for token, message in everybody.tickets.items():
        for each in installation.servers:
            assert message in each.client.get(f"/api/handoff/{token}").text
    with installation.store.database.reading() as connection:
        assert set(everybody.judged) <= set(connection.scalars(select(feedback.c.exchange)))
    written = str([edit.content for edit in installation.store.edits.in_force()])
    assert [gap for gap in everybody.edits if gap[-12:] not in written] == []
