"""Two servers, and what they share."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.store import Store
from tests.replicas.replica import Replica, replicas
from tests.replicas.services import Postgresql, RedisServer, redis_server

EDITOR, PASSWORD = "lan", "correct horse battery"


@dataclass(frozen=True, slots=True)
class Installation:
    """Servers with their database and Redis."""

    servers: Sequence[Replica]
    store: Store
    """Theirs, to look into."""
    postgres: Postgresql
    redis: RedisServer


@contextmanager
def installed(folder: Path, postgres: Postgresql, **settings: str) -> Iterator[Installation]:
    """Two servers with an empty store, in which there is an editor, and with a Redis."""
    url = postgres.new_database()
    (folder / "redis").mkdir()
    with redis_server(folder / "redis") as redis, closing(Store(Settings(database_url=url).store_url())) as store:
        shared = {"FAQBOT_DATABASE_URL": url, "FAQBOT_REDIS_URL": redis.url, **settings}
        with replicas(folder, shared) as servers:
            store.users.put(EDITOR, Role.EDITOR, PASSWORD)
            yield Installation(servers, store, postgres, redis)
