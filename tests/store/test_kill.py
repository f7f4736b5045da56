"""What was acknowledged is kept, even if the server is killed at any moment."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from faqbot.settings import Settings
from faqbot.store.store import Store
from tests.conftest import DATA
from tests.server_process import CLOSED, LONGEST, ServerProcess, running_faqbot

KEY = "correct horse battery"
WRITES = 1_000
KILLS = (150, 450, 750)
"""After so many acknowledgements."""
WRITERS = 4
BROKEN_OFF = (*CLOSED, json.JSONDecodeError)
"""What a client sees of a server that dies while it answers."""


@pytest.fixture
def killed(database_url: str, tmp_path: Path) -> Callable[[], AbstractContextManager[ServerProcess]]:
    """Runs a server with a store that is always the same, and kills it when the block ends."""
    settings = {"FAQBOT_DATABASE_URL": database_url, "FAQBOT_SECRET_KEY": KEY}
    return lambda: running_faqbot(DATA / "library", tmp_path, settings)


def client(port: int) -> "closing[HTTPConnection]":
    return closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST))


def request(connection: HTTPConnection, method: str, path: str, body: object = None) -> Any:
    """Return the JSON of a response that is no error."""
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"})
    response = connection.getresponse()
    assert response.status in (200, 201), response.status
    return json.load(response)


class Visitors:
    """Several people who ask for a person and write on, and remember what was acknowledged."""

    def __init__(self) -> None:
        self.tickets: dict[str, list[str]] = {}
        """Messages that were acknowledged, by the token of the ticket."""
        self.acknowledged = 0
        self._left = iter(range(WRITES))
        self._lock = threading.Lock()

    def write(self, server: ServerProcess, kill_after: int) -> None:
        """Write, all of them at once, until the server is killed or everything is written."""
        with ThreadPoolExecutor(WRITERS) as pool:
            for done in [pool.submit(self._write, server, kill_after) for _ in range(WRITERS)]:
                done.result(LONGEST)

    def _write(self, server: ServerProcess, kill_after: int) -> None:
        token = ""
        with suppress(*BROKEN_OFF), client(server.port) as connection:
            while (number := self._next()) is not None:
                text = f"tin nhắn {number}"
                if number % 3 == 0 or not token:
                    token = request(connection, "POST", "/api/handoff", {"message": text})["token"]
                else:
                    request(connection, "POST", f"/api/handoff/{token}", {"message": text})
                self._acknowledge(token, text, server, kill_after)

    def _next(self) -> int | None:
        with self._lock:
            return next(self._left, None)

    def _acknowledge(self, token: str, text: str, server: ServerProcess, kill_after: int) -> None:
        with self._lock:
            self.tickets.setdefault(token, []).append(text)
            self.acknowledged += 1
            if self.acknowledged == kill_after:
                server.kill()


def test_no_acknowledged_ticket_or_message_is_lost_to_a_kill(
    killed: Callable[[], AbstractContextManager[ServerProcess]],
) -> None:
    visitors = Visitors()
    for kill_after in (*KILLS, WRITES + 1):
        with killed() as server:
            visitors.write(server, kill_after)
    assert visitors.acknowledged >= WRITES - len(KILLS) * WRITERS
    with killed() as server, client(server.port) as connection:
        for token, texts in visitors.tickets.items():
            kept = [each["text"] for each in request(connection, "GET", f"/api/handoff/{token}")["messages"]]
            assert [text for text in texts if text not in kept] == []


EDITING = """
import sys
from faqbot.store.store import Store
store = Store(sys.argv[1])
while True:
    print(store.edits.add("question", {}, author="lan"), flush=True)
"""


def test_no_acknowledged_edit_is_lost_to_a_kill(database_url: str) -> None:
    url = Settings(database_url=database_url).store_url()
    command = [sys.executable, "-c", EDITING, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as editor, ExitStack() as end:
        end.callback(editor.kill)
        assert editor.stdout is not None
        acknowledged = [int(editor.stdout.readline()) for _ in range(200)]
        editor.kill()
        acknowledged += [int(line) for line in editor.stdout if line.endswith("\n")]
    with closing(Store(url)) as store:
        kept = {edit.id for edit in store.edits.in_force()}
    assert len(acknowledged) >= 200
    assert set(acknowledged) <= kept
