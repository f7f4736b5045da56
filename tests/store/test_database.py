"""Connecting to a database, and bringing its tables up to date."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib.resources import as_file, files
from pathlib import Path
from socket import IPPROTO_TCP, TCP_USER_TIMEOUT, socket

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url, select, text, update

from faqbot.errors import SettingsError, StoreDownError, StoreError
from faqbot.settings import Settings
from faqbot.store.database import Database, insert_once, insert_or_replace, newest_version, version
from faqbot.store.role import Role
from faqbot.store.store import Store
from faqbot.store.tables import deliveries, metadata, users
from tests.store.making import at_once, exchange
from tests.store.proxy import Proxy

OpenStore = Callable[[str], Store]


def store_url(url: str) -> str:
    return Settings(database_url=url).store_url()


def test_the_migrations_make_exactly_our_tables(empty_url: str, open_store: OpenStore) -> None:
    database = open_store(empty_url).database
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_threads_that_begin_together_make_the_tables_once(empty_url: str, open_store: OpenStore) -> None:
    stores = [open_store(empty_url) for _ in range(8)]
    assert at_once(8, lambda number: stores[number].tickets.list()) == [()] * 8


def test_processes_that_begin_together_make_the_tables_once(empty_url: str) -> None:
    script = (
        "import sys; from faqbot.store.store import Store; sys.stdin.read(); Store(sys.argv[1]).audit.note(*'abcd')"
    )
    command = [sys.executable, "-c", script, store_url(empty_url)]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.stdin is not None
        process.stdin.close()
    for process in running:
        with process, suppress(ValueError):
            assert process.stderr is not None
            assert process.stderr.read() == b""
        assert process.returncode == 0
    with closing(Store(store_url(empty_url))) as store:
        assert len(store.audit.list()) == 4


def test_sqlite_is_set_up_to_survive_a_crash_and_to_serve_many(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'faqbot.sqlite3'}")
    with closing(database), database.reading() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
    assert pragmas == PRAGMAS
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


def test_nobody_else_can_read_what_sqlite_keeps_even_in_a_folder_that_is_open(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'faqbot.sqlite3'}")) as store:
        store.audit.note("lan", "test", 1)
        assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_that_outlives_nothing_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="FAQBOT_DATABASE_URL"):
        Database(url)


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


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


def test_a_row_is_inserted_once_or_replaced(store: Store) -> None:
    first, second = ({"source": "a", "delivery": "b", "at": exchange().at} for _ in range(2))
    with store.database.writing() as connection:
        inserted = [insert_once(connection, deliveries, row) for row in (first, second)]
        insert_or_replace(connection, deliveries, second)
        rows = connection.execute(select(deliveries)).all()
    assert (inserted, rows) == ([("a", "b"), None], [tuple(second.values())])


def test_what_the_database_refuses_says_so_without_quoting_it(store: Store) -> None:
    with pytest.raises(StoreError, match=r"^the store refuses \(\w+\)$") as caught, store.database.writing() as each:
        each.execute(text("INSERT INTO audit (id, actor) VALUES (1, 'private')"))
    assert not isinstance(caught.value, StoreDownError)


@pytest.mark.parametrize("url", ["postgresql://host:port/db", "postgresql://[", "postgresql://a:b@c:99999999/d"])
def test_an_address_that_cannot_be_read_is_an_error_that_does_not_quote_it(url: str) -> None:
    with pytest.raises((SettingsError, StoreError)) as caught:
        Store(store_url(url)).tickets.list()
    assert url not in str(caught.value)


def test_a_store_that_is_up_to_date_is_known_as_such(store: Store) -> None:
    with store.database.reading() as connection, as_file(files("faqbot.store") / "migrations") as folder:
        assert version(connection) == newest_version() == ScriptDirectory(folder).get_current_head()


def test_a_store_that_was_written_by_a_later_version_is_refused(store: Store, open_store: OpenStore) -> None:
    with store.database.writing() as connection:
        known = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = store.database.engine.url.render_as_string(hide_password=False)
    try:
        with pytest.raises(StoreError, match="later version"):
            open_store(url).tickets.list()
    finally:
        with store.database.writing() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})


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


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy]:
    """A way to the database that can be cut."""
    url = make_url(postgresql_url)
    between = Proxy(url.host or "127.0.0.1", url.port or 5432)
    between.up()
    yield between
    between.down()


@pytest.fixture
def far_store(proxy: Proxy, postgresql_url: str, open_store: OpenStore) -> Store:
    """A store whose database is reached through the proxy."""
    url = make_url(postgresql_url).set(host="127.0.0.1", port=proxy.port)
    return open_store(url.render_as_string(hide_password=False))


def test_a_store_that_was_down_at_the_start_heals(proxy: Proxy, far_store: Store) -> None:
    proxy.down()
    with pytest.raises(StoreDownError, match=r"^the store is down \(\w+\)$"):
        far_store.tickets.list()
    assert far_store.status()[0] == "degraded"
    proxy.up()
    assert far_store.tickets.list() == ()
    assert far_store.status() == ("ok", "postgresql, 0 exchanges wait to be written")


def test_a_store_that_goes_down_while_it_is_used_heals(proxy: Proxy, far_store: Store) -> None:
    assert far_store.deliveries.first("slack", "1")
    proxy.down()
    with pytest.raises(StoreDownError):
        far_store.deliveries.first("slack", "2")
    proxy.up()
    assert far_store.deliveries.first("slack", "2")
    assert not far_store.deliveries.first("slack", "1")


def test_a_connection_that_is_cut_within_a_transaction_is_a_store_that_is_down(proxy: Proxy, far_store: Store) -> None:
    def delete() -> None:
        with far_store.database.writing() as connection:
            connection.execute(text("DELETE FROM audit"))
            proxy.down()

    with pytest.raises(StoreDownError):
        delete()
    proxy.up()
    assert far_store.audit.list() == ()


def test_exchanges_wait_while_the_store_is_down(proxy: Proxy, far_store: Store) -> None:
    proxy.down()
    far_store.writer.put(exchange())
    assert not far_store.writer.flush(0.1)
    proxy.up()
    assert far_store.writer.flush(10)
    assert [each.id for each in far_store.exchanges.of("talk")] == ["first"]
    assert far_store.writer.lost == 0


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
    subprocess.run([sys.executable, "-c", FORKED, store_url(postgresql_url)], check=True, timeout=60)
