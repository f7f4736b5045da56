"""How often somebody may ask."""

from ipaddress import ip_network
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from redis import Redis
from redis.exceptions import ConnectionError as RedisDownError
from werkzeug.exceptions import TooManyRequests

from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.limits import LIMITED, Limits
from tests.conftest import DATA
from tests.needs import missing

REDIS = "redis://127.0.0.1:6379/0"
NOWHERE = "redis://127.0.0.1:1/0"
QUESTION = {"message": "are you open on Sunday"}


def server(folder: Path, **settings: object) -> FlaskClient:
    return create_app(Settings(knowledge=DATA / "library", data=folder, **settings)).test_client()  # type: ignore[arg-type]


def allowed(limits: Limits, limit: str, *names: str, tries: int = 5) -> int:
    """Return how many of some tries are let through."""
    count = 0
    for _ in range(tries):
        try:
            limits.spend(limit, *names)
        except TooManyRequests:
            continue
        count += 1
    return count


def test_who_asks_too_often_is_told_when_to_ask_again(tmp_path: Path) -> None:
    client = server(tmp_path, rate_limit="2/minute")
    replies = [client.post("/api/chat", json=QUESTION) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert replies[2].mimetype == "application/problem+json"
    assert 1 <= int(replies[2].headers["Retry-After"]) <= 60


@pytest.mark.parametrize("path", [path for path in LIMITED if path != "/"])
def test_each_endpoint_has_a_count_of_its_own(tmp_path: Path, path: str) -> None:
    client = server(tmp_path, rate_limit="1/minute")
    assert client.get(path).status_code != 429
    assert client.get(path).status_code == 429
    assert client.post("/", data={"message": "books"}).status_code == 200
    assert client.post("/", data={"message": "books"}).status_code == 429


def test_tickets_of_all_tokens_count_together(tmp_path: Path) -> None:
    client = server(tmp_path, rate_limit="2/minute")
    assert [client.get(f"/api/handoff/{guess}").status_code for guess in "abc"] == [404, 404, 429]


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/kb/guide", "/openapi.json", "/helpdesk/login"])
def test_pages_and_probes_have_no_limit(tmp_path: Path, path: str) -> None:
    client = server(tmp_path, rate_limit="1/minute")
    assert [client.get(path).status_code for _ in range(3)] == [200] * 3


def test_browsers_may_ask_whether_they_may_ask(tmp_path: Path) -> None:
    client = server(tmp_path, rate_limit="1/minute")
    assert [client.options("/api/chat").status_code for _ in range(3)] == [200] * 3


def test_without_a_limit_nobody_counts(tmp_path: Path) -> None:
    client = server(tmp_path, rate_limit=None)
    assert {client.post("/api/chat", json=QUESTION).status_code for _ in range(20)} == {200}


def test_clients_are_told_apart_by_address(tmp_path: Path) -> None:
    client = server(tmp_path, rate_limit="1/minute")
    for address in ("198.51.100.1", "198.51.100.2"):
        environ = {"REMOTE_ADDR": address}
        assert client.post("/api/chat", json=QUESTION, environ_base=environ).status_code == 200
        assert client.post("/api/chat", json=QUESTION, environ_base=environ).status_code == 429


@pytest.mark.parametrize(("trusted", "last"), [((), 429), ((ip_network("127.0.0.1"),), 200)])
def test_an_address_from_a_proxy_counts_only_where_it_is_trusted(
    tmp_path: Path, trusted: tuple[object, ...], last: int
) -> None:
    client = server(tmp_path, rate_limit="1/minute", trusted_proxies=trusted)
    statuses = [
        client.post("/api/chat", json=QUESTION, headers={"X-Forwarded-For": address}).status_code
        for address in ("203.0.113.1", "203.0.113.2")
    ]
    assert statuses == [200, last]


def test_names_are_counted_apart_and_may_hold_anything() -> None:
    limits = Limits(None)
    for names in (("a", "b"), ("a/b",), ("a", "\ud800"), ("", "x" * 10_000)):
        assert allowed(limits, "2/minute", *names) == 2


def test_two_processes_count_together_in_redis() -> None:
    try:
        Redis.from_url(REDIS).ping()
    except RedisDownError:
        missing("this test needs Redis at 127.0.0.1:6379")
    name = uuid4().hex
    one, two = Limits(REDIS), Limits(REDIS)
    assert [allowed(one, "3/hour", name, tries=2), allowed(two, "3/hour", name)] == [2, 1]
    assert one.status() == ("ok", "counted in Redis")


def test_with_redis_down_each_process_counts_for_itself_and_says_so() -> None:
    limits = Limits(NOWHERE)
    assert allowed(limits, "3/hour", "name") == 3
    assert limits.status()[0] == "degraded"
    assert "each process counts for itself" in limits.status()[1]


def test_readyz_says_where_requests_are_counted(tmp_path: Path) -> None:
    client = server(tmp_path, redis_url=NOWHERE)
    assert client.get("/readyz").get_json()["parts"]["limits"] == {"status": "ok", "reason": "counted in Redis"}
    client.post("/api/chat", json=QUESTION)
    assert client.get("/readyz").get_json()["parts"]["limits"]["status"] == "degraded"
