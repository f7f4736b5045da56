"""What signals do to a server, and the death of a worker."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from faqbot.store.column_types import now
from faqbot.store.store import Store
from faqbot.store.tables import exchanges
from tests.web.server.crowd import Crowd
from tests.web.server.running import Served, eventually, served

BODY = b'{"message": "gio mo cua"}'
HALF = b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{" % len(
    BODY
)


def kept(store: Store) -> set[str]:
    """Return the ids of all exchanges."""
    return {exchange.id for exchange in store.exchanges.since(now() - timedelta(hours=1))}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_loses_no_request_and_no_exchange(
    workers: int, tmp_path: Path, database_url: str, open_store: Callable[[str], Store]
) -> None:
    with (
        served(tmp_path, {"FAQBOT_DATABASE_URL": database_url}, workers=workers) as server,
        Crowd(server, come_back=False) as crowd,
    ):
        server.signal(signal.SIGTERM)
        crowd.all_left()
        assert server.ended() == 0
    assert crowd.failures == []
    assert set(crowd.ids) - kept(open_store(database_url)) == set()


def test_what_the_store_could_not_take_yet_is_written_before_the_end(
    tmp_path: Path, database_url: str, open_store: Callable[[str], Store]
) -> None:
    store = open_store(database_url)
    with served(tmp_path, {"FAQBOT_DATABASE_URL": database_url}) as server:
        with store.database.writing(alone_in=exchanges):
            answered = {server.ask("giờ mở cửa")["message_id"] for _ in range(5)}
            server.signal(signal.SIGTERM)
            eventually(lambda: not server.answers())
        assert server.ended() == 0
    assert kept(store) == answered


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_at_rest_stops_with_success_and_is_gone(number: signal.Signals, tmp_path: Path) -> None:
    with served(tmp_path, workers=2) as server:
        workers = server.workers()
        server.signal(number)
        assert server.ended() == 0
        with pytest.raises(ConnectionRefusedError):
            server.connect()
    assert len(workers) == 2
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


def test_a_signal_to_all_processes_is_a_stop_like_any_other(tmp_path: Path) -> None:
    with served(tmp_path, workers=2) as server:
        os.killpg(server.process.pid, signal.SIGTERM)
        assert server.ended() == 0


def test_a_request_that_is_half_sent_is_still_answered(tmp_path: Path) -> None:
    with served(tmp_path) as server, server.connect() as client:
        client.sendall(HALF)
        server.get("/healthz")
        server.signal(signal.SIGTERM)
        eventually(lambda: not server.answers())
        client.sendall(BODY[1:])
        assert client.recv(64).startswith(b"HTTP/1.1 200 OK")
        assert server.ended() == 0


def test_who_never_sends_the_rest_does_not_hold_up_the_end(
    tmp_path: Path, database_url: str, open_store: Callable[[str], Store]
) -> None:
    settings = {"FAQBOT_CLIENT_SECONDS": "600", "FAQBOT_DATABASE_URL": database_url}
    with served(tmp_path, settings) as server, server.connect() as client:
        client.sendall(HALF)
        answered = {server.ask("giờ mở cửa")["message_id"]}
        server.signal(signal.SIGTERM)
        assert server.ended() == 0
    assert kept(open_store(database_url)) == answered


def test_a_second_signal_stops_it_at_once(tmp_path: Path) -> None:
    with served(tmp_path, {"FAQBOT_CLIENT_SECONDS": "600"}) as server, server.connect() as client:
        client.sendall(HALF)
        server.get("/healthz")
        server.signal(signal.SIGTERM)
        eventually(lambda: not server.answers())
        assert server.process.poll() is None
        server.signal(signal.SIGTERM)
        assert server.ended() == 1


def replaced(server: Served, workers: set[int]) -> bool:
    """Whether other workers answer, as many as before."""
    return len(server.workers()) == len(workers) and not server.workers() & workers


@pytest.mark.parametrize("workers", [1, 2])
def test_a_reload_replaces_the_workers_and_no_request_fails(workers: int, tmp_path: Path) -> None:
    with served(tmp_path, workers=workers) as server, Crowd(server) as crowd:
        before = server.workers()
        server.signal(signal.SIGHUP)
        eventually(lambda: replaced(server, before))
        crowd.hear(100)
    assert crowd.failures == []
    assert len(before) == workers


def test_after_a_reload_workers_start_with_the_newest_knowledge(tmp_path: Path, library_folder: Path) -> None:
    with served(tmp_path, knowledge=library_folder) as server:
        first, before = server.get("/readyz"), server.workers()
        document = library_folder / "guide" / "library.en.md"
        document.write_text(document.read_text("utf-8") + "\nNew.\n", "utf-8")
        server.signal(signal.SIGHUP)
        eventually(lambda: replaced(server, before))
        after = server.get("/readyz")
    assert after["status"] == "ok"
    assert after["parts"]["knowledge"] != first["parts"]["knowledge"]


def test_a_reload_of_faulty_knowledge_keeps_what_there_is(tmp_path: Path, library_folder: Path) -> None:
    with served(tmp_path, knowledge=library_folder) as server:
        before = server.workers()
        (library_folder / "guide" / "questions.yaml").write_text("nowhere: {}", "utf-8")
        server.signal(signal.SIGHUP)
        eventually(lambda: replaced(server, before))
        assert server.answers()
        assert "the knowledge is not loaded again, the old one stays" in server.log.read_text("utf-8")


def test_a_worker_that_is_killed_is_replaced_while_the_other_goes_on(tmp_path: Path) -> None:
    with served(tmp_path, workers=2) as server:
        before = server.workers()
        victim = min(before)
        with Crowd(server) as crowd:
            os.kill(victim, signal.SIGKILL)
            eventually(lambda: victim not in server.workers() and len(server.workers()) == 2)
            crowd.hear(100)
        assert before - server.workers() == {victim}
    assert len(crowd.failures) <= 8, "only what the victim was about to answer is lost"


def test_workers_that_die_again_and_again_end_the_server(tmp_path: Path) -> None:
    def killed_once_more() -> bool:
        for worker in server.workers() if server.process.poll() is None else ():
            os.kill(worker, signal.SIGKILL)
        return server.process.poll() is not None

    with served(tmp_path) as server:
        eventually(killed_once_more)
        assert server.ended() == 1


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    def refused() -> bool:
        try:
            server.connect().close()
        except OSError as error:
            return isinstance(error, ConnectionRefusedError)
        return False

    with served(tmp_path, workers=2) as server:
        server.signal(signal.SIGKILL)
        assert eventually(refused)
