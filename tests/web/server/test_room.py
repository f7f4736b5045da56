"""How much a server takes at once, and what it says to those who come on top."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path

from faqbot.store.store import Store
from faqbot.store.tables import tickets
from tests.server_process import LONGEST
from tests.web.server.running import JSON, Served, eventually, served


def ask_for_a_person(server: Served) -> tuple[int, Message]:
    """Return status and headers; the answer waits for the store."""
    with server.client() as connection:
        connection.request("POST", "/api/handoff", '{"message": "help"}', JSON)
        response = connection.getresponse()
        response.read()
        return response.status, response.headers


def test_who_would_wait_too_long_is_told_at_once_and_health_is_still_seen(
    tmp_path: Path, database_url: str, open_store: Callable[[str], Store]
) -> None:
    room = {"FAQBOT_DATABASE_URL": database_url, "FAQBOT_THREADS": "1", "FAQBOT_MOST_WAITING": "1"}
    with ThreadPoolExecutor() as pool, served(tmp_path, room) as server:
        with open_store(database_url).database.writing(alone_in=tickets):
            asked = [pool.submit(ask_for_a_person, server) for _ in range(4)]
            eventually(lambda: sum(each.done() for each in asked) == 2)
            refused = [each.result() for each in asked if each.done()]
            assert server.answers()
            assert server.get("/readyz")["status"] == "ok"
            assert sum(each.done() for each in asked) == 2
        assert sorted(each.result(LONGEST)[0] for each in asked) == [201, 201, 503, 503]
        assert server.ask("giờ mở cửa")["kind"] == "answer"
    for status, headers in refused:
        assert status == 503
        assert (headers["Retry-After"], headers["Content-Type"]) == ("1", "application/problem+json")
