"""Transactions that read and write, in a database that may not be there."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from faqbot.errors import StoreDownError, StoreError
from faqbot.settings import Settings
from faqbot.store.role import Role
from faqbot.store.store import Store
from faqbot.store.tables import deliveries, users
from tests.store.making import at_once


def test_nobody_else_can_read_what_sqlite_keeps_even_in_a_folder_that_is_open(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'faqbot.sqlite3'}")) as store:
        store.audit.note("lan", "test", 1)
        assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


def test_a_reader_sees_one_moment_and_waits_for_nobody(store: Store) -> None:
    with store.database.reading() as connection:
        assert connection.execute(select(deliveries)).all() == []
        assert store.deliveries.first("slack", "1")
        assert connection.execute(select(deliveries)).all() == []
    assert not store.deliveries.first("slack", "1")


def test_what_fails_midway_is_not_kept(store: Store) -> None:
    def note_and_fail() -> None:
        with store.database.writing() as connection:
            connection.execute(text("INSERT INTO audit VALUES (1, 1, 'a', 'b', 'c', 'd')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        note_and_fail()
    assert store.audit.list() == ()


def test_writers_that_read_first_wait_for_their_turn(store: Store) -> None:
    user = store.users.put("lan", Role.AGENT, "mật khẩu dài").id

    def count_up(_: int) -> None:
        with store.database.writing(alone_in=users) as connection:
            epoch = connection.execute(select(users.c.epoch).where(users.c.id == user)).scalar_one()
            connection.execute(update(users).values(epoch=epoch + 1))

    at_once(16, count_up)
    assert store.users.all()[0].epoch == 16


@pytest.mark.parametrize("place", ["file/faqbot.sqlite3", "folder"])
def test_an_sqlite_file_that_cannot_be_made_is_a_store_that_is_down(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with closing(Store(f"sqlite:///{tmp_path / place}")) as store:
        with pytest.raises(StoreDownError):
            store.tickets.list()
        assert store.status()[0] == "degraded"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "faqbot.sqlite3").write_text("not a database, " * 100, "ascii")
    with closing(Store(f"sqlite:///{tmp_path / 'faqbot.sqlite3'}")) as store, pytest.raises(StoreError):
        store.tickets.list()


def test_nothing_is_connected_before_it_is_needed(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'faqbot.sqlite3'}").close()
    assert list(tmp_path.iterdir()) == []


FORKED = """
import os, sys
from sqlalchemy import text
from faqbot.store.database import Database

def number(database):
    with database.reading() as connection:
        return connection.execute(text("SELECT pg_backend_pid()")).scalar_one()

database = Database(sys.argv[1])
before = number(database)
child = os.fork()
if child == 0:
    os._exit(number(database) == before)
_, status = os.waitpid(child, 0)
sys.exit(status or number(database) != before)
"""


def test_a_process_that_was_forked_off_has_connections_of_its_own(postgresql_url: str) -> None:
    url = Settings(database_url=postgresql_url).store_url()
    subprocess.run([sys.executable, "-c", FORKED, url], check=True, timeout=60)
