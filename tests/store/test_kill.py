"""What was acknowledged is kept, even if the server is killed at any moment."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from faqbot.settings import Settings
from faqbot.store.store import Store
from tests.conftest import DATA

KEY = "correct horse battery"
WRITES = 1_000
KILLS = (150, 450, 750)
"""After so many acknowledgements."""
WRITERS = 4
LONGEST = 60.0
"""Seconds that anything may take."""
CLOSED = (OSError, HTTPException, json.JSONDecodeError)
"""What a client sees of a server that dies."""


@pytest.fixture
def environ(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a server with a store of its own."""
    own = {"FAQBOT_DATABASE_URL": database_url, "FAQBOT_SECRET_KEY": KEY, "FAQBOT_DATA": str(tmp_path)}
    return {**os.environ, **own, "PYTHONUTF8": "1"}


@contextmanager
def killed(environ: dict[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Run a server with its workers; kill them all, at the latest when the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "-c", "from faqbot.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--knowledge", str(DATA / "library")],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            wait_for(port, server)
            yield port, server
        finally:
            kill(server)


def kill(server: "subprocess.Popen[bytes]") -> None:
    """Kill a server and its workers, which share a process group of their own."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return as soon as the server answers."""
    deadline = monotonic() + LONGEST
    while monotonic() < deadline and server.poll() is None:
        with suppress(*CLOSED), client(port) as connection:
            request(connection, "GET", "/healthz")
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.05)
    pytest.fail("the server did not start")


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

    def write(self, port: int, server: "subprocess.Popen[bytes]", kill_after: int) -> None:
        """Write, all of them at once, until the server is killed or everything is written."""
        with ThreadPoolExecutor(WRITERS) as pool:
            for done in [pool.submit(self._write, port, server, kill_after) for _ in range(WRITERS)]:
                done.result(LONGEST)

    def _write(self, port: int, server: "subprocess.Popen[bytes]", kill_after: int) -> None:
        token = ""
        with suppress(*CLOSED), client(port) as connection:
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

    def _acknowledge(self, token: str, text: str, server: "subprocess.Popen[bytes]", kill_after: int) -> None:
        with self._lock:
            self.tickets.setdefault(token, []).append(text)
            self.acknowledged += 1
            if self.acknowledged == kill_after:
                kill(server)


def test_no_acknowledged_ticket_or_message_is_lost_to_a_kill(environ: dict[str, str]) -> None:
    visitors = Visitors()
    for kill_after in (*KILLS, WRITES + 1):
        with killed(environ) as (port, server):
            visitors.write(port, server, kill_after)
    assert visitors.acknowledged >= WRITES - len(KILLS) * WRITERS
    with killed(environ) as (port, _), client(port) as connection:
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
    with subprocess.Popen([sys.executable, "-c", EDITING, url], stdout=subprocess.PIPE, text=True) as editor:
        assert editor.stdout is not None
        acknowledged = [int(editor.stdout.readline()) for _ in range(200)]
        editor.kill()
        acknowledged += [int(line) for line in editor.stdout if line.endswith("\n")]
    with closing(Store(url)) as store:
        kept = {edit.id for edit in store.edits.in_force()}
    assert len(acknowledged) >= 200
    assert set(acknowledged) <= kept
