"""Connect to the database, and bring its tables up to date."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from faqbot.errors import StoreDownError, StoreError

_MIGRATION_LOCK = 4_201_937
"""Names the advisory lock under which one process at a time brings a PostgreSQL database up to date."""
_WRITES = "faqbot_writes"
_migrating = threading.Lock()
_SECONDS_TO_CONNECT = 3
_SECONDS_TO_WAIT = 5


class Database:
    """A database with our tables. Nothing is connected at first, so that a server starts while its database is down."""

    def __init__(self, url: str) -> None:
        """Take the address as ``Settings.store_url`` gives it."""
        self.engine = _engine(url)
        self._migrated = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads.

        :raises StoreError: if the database cannot be reached, or refuses.
        """
        self.migrate()
        with store_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is committed when the block ends without an error.

        :raises StoreError: as ``reading`` does.
        """
        self.migrate()
        with store_errors(), _to_write(self.engine) as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the tables up to date, once, and one thread and one process at a time: Alembic is for one thread.

        :raises StoreError: as ``reading`` does.
        """
        if self._migrated:
            return
        with _migrating:
            if not self._migrated:
                _migrate(self.engine)
                self._migrated = True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": _SECONDS_TO_WAIT})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
        return engine
    waits = {"connect_timeout": _SECONDS_TO_CONNECT, "options": f"-c statement_timeout={_SECONDS_TO_WAIT}s"}
    return create_engine(url, pool_pre_ping=True, pool_timeout=_SECONDS_TO_WAIT, connect_args=waits)


@contextmanager
def _to_write(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Let readers and one writer work at once, and keep what was acknowledged through a crash."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at once for what will write: one that has read before could not wait for its turn."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scripts = as_file(files("faqbot.store") / "migrations")
    with store_errors(), scripts as folder, _to_write(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> Insert:
    """Return a statement that inserts a row unless one with its primary key is there; its row count says which."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement: Insert = dialect.insert(table).values(row).on_conflict_do_nothing(index_elements=list(table.primary_key))
    return statement


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the errors of the database and its library into ours.

    :raises StoreDownError: where the database cannot be reached.
    :raises StoreError: for the others.
    """
    try:
        yield
    except (InterfaceError, OperationalError, PoolTimeoutError, OSError) as error:
        raise StoreDownError(f"the store is down ({_name(error)})") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the store refuses ({_name(error)})") from error


def _name(error: Exception) -> str:
    """Return the kind of an error, since its text may quote what people wrote."""
    return type(getattr(error, "orig", None) or error).__name__
