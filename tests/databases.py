"""Databases for tests: SQLite in a file, and a real PostgreSQL server."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.store.tables import metadata

POSTGRESQL = os.environ.get("FAQBOT_TEST_POSTGRESQL") or "postgresql://postgres@127.0.0.1:5432/postgres"
"""Address of a server where databases can be made and dropped."""
NEEDED = os.environ.get("FAQBOT_TESTS_NEED_SERVICES") == "1"
"""Whether a test fails where the service that it needs is missing; else it is skipped."""
KINDS = ("sqlite", "postgresql")
_numbers = count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Engine]:
    """A connection to the server that makes and drops databases."""
    url = make_url(Settings(database_url=POSTGRESQL).store_url())
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    try:
        engine.connect().close()
    except OperationalError as error:
        missing = pytest.fail if NEEDED else pytest.skip
        missing(f"there is no PostgreSQL at {url}: {error.orig}")
    yield engine
    engine.dispose()


@contextmanager
def _empty_database(server: Engine) -> Iterator[str]:
    name = f"faqbot_test_{os.getpid()}_{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: Engine) -> Iterator[str]:
    """The address of a database that tests share; each finds it without rows."""
    with _empty_database(postgresql_server) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The address of a database with our tables, and no rows."""
    store = Store(Settings(database_url=postgresql_database).store_url())
    with store.database.writing() as connection:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    store.close()
    return postgresql_database


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store without rows, as an operator gives it; once SQLite's, once PostgreSQL's."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'faqbot.sqlite3'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty' / 'faqbot.sqlite3'}"
        return
    with _empty_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture
def open_store() -> Iterator[Callable[[str], Store]]:
    """Opens stores, and closes them when the test ends."""
    opened: list[Store] = []

    def open_one(url: str) -> Store:
        opened.append(Store(Settings(database_url=url).store_url()))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(database_url: str, open_store: Callable[[str], Store]) -> Store:
    """A store without rows; once in SQLite, once in PostgreSQL."""
    return open_store(database_url)
