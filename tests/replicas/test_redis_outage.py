"""Redis goes away and comes back; requests are counted all the while, together or by each server."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.replicas.installation import Installation, installed
from tests.replicas.processes import until
from tests.replicas.replica import Replica
from tests.replicas.services import Postgresql

LIMIT = 20
_numbers = count(1)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, postgres: Postgresql) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("redis-outage"), postgres, FAQBOT_RATE_LIMIT=f"{LIMIT}/hour") as found:
        yield found


def new_address() -> str:
    """Return the address of a client that nobody has counted yet."""
    return f"2001:db8:0:{next(_numbers):x}::1"


def let_through(server: Replica, address: str) -> int:
    """Return how many of some requests of a client are not too many."""
    client = server.from_address(address)
    statuses = [client.get("/api/search?q=books").status for _ in range(LIMIT + 5)]
    assert set(statuses) <= {200, 429}
    return statuses.count(200)


def counted(server: Replica) -> dict[str, str]:
    """Return how the limits are counted, after one more request."""
    server.from_address(new_address()).get("/api/search?q=books")
    return server.client.part("limits")


def test_without_redis_each_server_counts_for_itself_and_says_so(installation: Installation) -> None:
    first, second = installation.servers
    before = new_address()
    assert [let_through(first, before), let_through(second, before)] == [LIMIT, 0]
    installation.redis.stop()
    try:
        meanwhile = new_address()
        assert [let_through(first, meanwhile), let_through(second, meanwhile)] == [LIMIT, LIMIT]
        for each in installation.servers:
            assert counted(each)["status"] == "degraded"
            assert "each process counts for itself" in counted(each)["reason"]
    finally:
        installation.redis.start()
    together = {"status": "ok", "reason": "counted in Redis"}
    until(lambda: all(counted(each) == together for each in installation.servers), "they count together again")
    after = new_address()
    assert [let_through(first, after), let_through(second, after)] == [LIMIT, 0]
