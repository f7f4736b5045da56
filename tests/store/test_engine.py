"""How databases are connected to, and how long they are waited for."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from socket import IPPROTO_TCP, TCP_USER_TIMEOUT, socket

import pytest
from sqlalchemy import text

from faqbot.errors import SettingsError
from faqbot.store.database import Database
from faqbot.store.engine import new_engine
from faqbot.store.store import Store

OpenStore = Callable[[str], Store]

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_sqlite_is_set_up_to_survive_a_crash_and_to_serve_many(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'faqbot.sqlite3'}")
    with closing(database), database.reading() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
    assert pragmas == PRAGMAS
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_that_outlives_nothing_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="FAQBOT_DATABASE_URL"):
        new_engine(url)


def test_a_server_that_is_gone_without_a_word_is_not_waited_for_long(
    postgresql_url: str, open_store: OpenStore
) -> None:
    with open_store(postgresql_url).database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        with socket(fileno=os.dup(driver.fileno())) as ours:
            assert ours.getsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT) == 5_000


def test_a_statement_does_not_wait_for_ever(postgresql_url: str, open_store: OpenStore) -> None:
    with open_store(postgresql_url).database.reading() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "5s"
    with open_store(postgresql_url).database.reading(unhurried=True) as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "0"
