"""Servers are restarted one after the other behind nginx, and nobody notices."""

from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import select

from faqbot.store.tables import exchanges
from tests.replicas.client import Client
from tests.replicas.installation import Installation, installed
from tests.replicas.load import load
from tests.replicas.nginx import Nginx, nginx
from tests.replicas.services import Postgresql

ASKED = "are you open on Sunday"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, postgres: Postgresql) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("restart"), postgres, FAQBOT_RATE_LIMIT="off") as found:
        yield found


@pytest.fixture(scope="module")
def proxy(installation: Installation) -> Iterator[Nginx]:
    with nginx([each.port for each in installation.servers]) as found:
        yield found


class Visitor:
    """Sends what visitors send, and expects what they expect."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._numbers = count()
        self.replies: list[str] = []
        self.tokens: list[str] = []

    def ask(self) -> None:
        self.replies.append(self._client.ask(ASKED)["message_id"])

    def search(self) -> None:
        assert self._client.get("/api/search?q=books").status == 200

    def open_page(self) -> None:
        assert self._client.get("/").status == 200

    def hand_over(self) -> None:
        reply = self._client.post("/api/handoff", {"message": f"cho em gặp thủ thư {next(self._numbers)}"})
        assert reply.status == 201, reply
        self.tokens.append(reply.json["token"])


def test_a_rolling_restart_fails_no_request(installation: Installation, proxy: Nginx) -> None:
    visitor = Visitor(proxy.https)
    with load(visitor.ask, visitor.search, visitor.open_page, visitor.hand_over) as running:
        running.wait_for_more(40)
        for server in installation.servers:
            server.stop()
            running.wait_for_more(40)
            server.start()
            server.wait()
            running.wait_for_more(20)
    assert running.failures == []
    assert min(running.done.values()) > 10
    kept = [proxy.https.get(f"/api/handoff/{token}").status for token in visitor.tokens]
    assert set(kept) == {200}


def test_a_server_that_is_stopped_has_written_down_what_it_answered(installation: Installation) -> None:
    server, visitor = installation.servers[0], Visitor(installation.servers[0].client)
    for _ in range(100):
        visitor.ask()
    server.stop()
    server.start()
    server.wait()
    with installation.store.database.reading() as connection:
        assert set(visitor.replies) <= set(connection.scalars(select(exchanges.c.id)))
