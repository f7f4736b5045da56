"""What nginx, as deploy/nginx.conf sets it up, makes of requests."""

from collections.abc import Iterator, Sequence

import pytest

from tests.ports import free_port
from tests.replicas.client import Reply
from tests.replicas.nginx import Nginx, nginx
from tests.replicas.processes import until
from tests.replicas.upstream import Upstream, upstream

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Sequence[Upstream], Nginx]]:
    with upstream() as first, upstream() as second, nginx([first.server_port, second.server_port]) as proxy:
        yield (first, second), proxy


@pytest.fixture
def upstreams(running: tuple[Sequence[Upstream], Nginx]) -> Iterator[Sequence[Upstream]]:
    yield running[0]
    for each in running[0]:
        each.dies = False
        each.requests.clear()


@pytest.fixture
def proxy(running: tuple[Sequence[Upstream], Nginx]) -> Nginx:
    return running[1]


def seen(upstreams: Sequence[Upstream]) -> list[tuple[str, dict[str, str]]]:
    return [request for each in upstreams for request in each.requests]


def problem(reply: Reply) -> tuple[int, int]:
    """Return the status of an error, and the one that its body says."""
    assert reply.headers["Content-Type"] == PROBLEM
    return reply.status, reply.json["status"]


def test_what_a_client_says_of_its_address_is_thrown_away(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    feigned = {"X-Forwarded-For": "203.0.113.9", "X_Forwarded_For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    assert proxy.https.get("/api/search", **feigned).status == 200
    ((_, headers),) = seen(upstreams)
    assert (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
    assert "203.0.113.9" not in str(headers)
    assert headers["Host"] == f"127.0.0.1:{proxy.https.port}"


def test_plain_http_leads_to_https(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    reply = proxy.http.get("/kb/kvm?lang=vi")
    assert (reply.status, reply.headers["Location"]) == (308, "https://127.0.0.1/kb/kvm?lang=vi")
    assert proxy.http.get("/healthz").status == 200
    assert [request for request, _ in seen(upstreams)] == ["GET /healthz"]


def test_a_body_that_is_too_large_never_reaches_a_replica(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    assert proxy.https.post("/api/chat", "x" * 60_000).status == 200
    assert problem(proxy.https.post("/api/chat", "x" * 66_000)) == (413, 413)
    assert len(seen(upstreams)) == 1


def test_metrics_are_not_shown_outside(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    assert problem(proxy.https.get("/metrics")) == (404, 404)
    assert seen(upstreams) == []


@pytest.mark.parametrize("path", ["/", "/api/chat", "/api/feedback", "/slack/events", "/hooks/help"])
def test_what_may_be_done_twice_is_asked_of_another_when_a_replica_dies(
    upstreams: Sequence[Upstream], proxy: Nginx, path: str
) -> None:
    upstreams[0].dies = True
    assert [proxy.https.post(path, {}).status for _ in range(4)] == [200] * 4
    assert [proxy.https.get(path).status for _ in range(4)] == [200] * 4
    assert upstreams[0].requests


@pytest.mark.parametrize("path", ["/api/handoff", "/api/handoff/secret", "/helpdesk/tickets/1/reply", "/api/chats"])
def test_what_may_not_be_done_twice_is_asked_once(upstreams: Sequence[Upstream], proxy: Nginx, path: str) -> None:
    upstreams[0].dies = True
    statuses = [proxy.https.post(path, {}).status for _ in range(4)]
    assert sorted(statuses) == [200, 200, 503, 503]
    assert len(seen(upstreams)) == 4


def test_when_nobody_answers_a_problem_says_so(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    for each in upstreams:
        each.dies = True
    reply = proxy.https.get("/")
    assert problem(reply) == (503, 503)
    assert reply.headers["Retry-After"] == "5"
    assert len(seen(upstreams)) == 2


def test_a_replica_that_is_not_there_costs_nobody_a_request() -> None:
    with upstream() as only, nginx([free_port(), only.server_port]) as proxy:
        assert [proxy.https.post("/api/handoff", {}).status for _ in range(6)] == [200] * 6
        assert len(only.requests) == 6


def test_no_question_and_no_token_is_logged(upstreams: Sequence[Upstream], proxy: Nginx) -> None:
    proxy.https.get("/api/search?q=private")
    proxy.https.get("/api/handoff/secret")
    proxy.https.get("/helpdesk/gaps?next=last")
    until(lambda: "/helpdesk/gaps" in proxy.access_log.read_text("utf-8"), "the requests are logged")
    logged = proxy.access_log.read_text("utf-8")
    assert "GET /api/search 200" in logged
    assert "GET /api/handoff/- 200" in logged
    assert "private" not in logged
    assert "secret" not in logged
