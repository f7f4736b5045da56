"""Connect to the database, and bring its tables up to date."""

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, Row, Table, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from faqbot.errors import SettingsError, StoreDownError, StoreError
from faqbot.store.outage import Outage

_MIGRATION_LOCK = 4_201_937
"""Names the advisory lock under which one process at a time brings a PostgreSQL database up to date."""
_VERSION_TABLE = "alembic_version"
_WRITES = "faqbot_writes"
_migrating = threading.Lock()
_SECONDS_TO_CONNECT = 3
_SECONDS_TO_WAIT = 5


class Database:
    """A database with our tables. Nothing is connected at first, so that a server starts while its database is down."""

    def __init__(self, url: str) -> None:
        """Take the address as ``Settings.store_url`` gives it.

        :raises SettingsError: if it cannot be read.
        """
        try:
            self.engine = _engine(url)
        except (ArgumentError, TypeError, ValueError) as error:
            raise SettingsError("FAQBOT_DATABASE_URL cannot be read as an address") from error
        self._migrated = False
        self._outage = Outage()
        _all.add(self)

    @contextmanager
    def reading(self, *, unhurried: bool = False) -> Iterator[Connection]:
        """Open a transaction that only reads, and sees everything as it is at one moment.

        :param unhurried: Whether a statement may take as long as it needs; False by default.
        :raises StoreError: if the database cannot be reached, or refuses.
        """
        self.migrate()
        with store_errors(), self._connect() as connection:
            if _is_postgresql(connection):
                connection.execution_options(isolation_level="REPEATABLE READ")
            if unhurried:
                _take_time(connection)
            yield connection

    @contextmanager
    def writing(self, *, alone_in: Table | None = None, unhurried: bool = False) -> Iterator[Connection]:
        """Open a transaction that is committed when the block ends without an error.

        :param alone_in: A table that nobody else may change meanwhile; by default none. SQLite has one writer anyway.
        :param unhurried: Whether a statement may take as long as it needs; False by default.
        :raises StoreError: as ``reading`` does.
        """
        self.migrate()
        with store_errors(), self._to_write() as connection:
            if unhurried:
                _take_time(connection)
            if alone_in is not None and _is_postgresql(connection):
                connection.execute(text(f"LOCK TABLE {alone_in.name} IN SHARE ROW EXCLUSIVE MODE"))
            yield connection

    def migrate(self) -> None:
        """Bring the tables up to date, once, and one thread and one process at a time: Alembic is for one thread.

        :raises StoreError: as ``reading`` does.
        """
        if self._migrated:
            return
        self._outage.refuse_if_known()
        if not _migrating.acquire(timeout=_SECONDS_TO_WAIT):
            raise StoreDownError("the store is down (others wait for it too)")
        try:
            if not self._migrated:
                self._bring_up_to_date()
                self._migrated = True
        finally:
            _migrating.release()

    def revisions(self) -> tuple[str | None, str | None]:
        """Return the revision that the tables have, and the newest; None for the first where there are no tables.

        Nothing is changed.

        :raises StoreError: as ``reading`` does.
        """
        with store_errors(), self.engine.connect() as connection:
            return version(connection), newest_version()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def leave_connections(self) -> None:
        """Connect anew, in a process that was just forked off: the connections are its parent's."""
        self._outage = Outage()
        self.engine.dispose(close=False)

    def _connect(self) -> Connection:
        with self._outage.connecting(), store_errors():
            return self.engine.connect()

    @contextmanager
    def _to_write(self) -> Iterator[Connection]:
        with self._connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            yield connection

    def _bring_up_to_date(self) -> None:
        with store_errors():
            if self.engine.dialect.name == "sqlite" and self.engine.url.database:
                _make_file(Path(self.engine.url.database))
            with self._connect() as connection:
                if version(connection) == newest_version():
                    return
            from faqbot.store.upgrade import upgrade  # only where it is needed: Alembic takes long to import

            with self._to_write() as connection:
                _take_time(connection)
                if _is_postgresql(connection):
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
                upgrade(connection)


_all: WeakSet[Database] = WeakSet()


def _leave_all_connections() -> None:
    global _migrating
    _migrating = threading.Lock()
    for database in _all:
        database.leave_connections()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_all_connections)


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(
            url, pool_timeout=_SECONDS_TO_WAIT, connect_args={"timeout": _SECONDS_TO_WAIT}, hide_parameters=True
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin)
        return engine
    waits = {
        "connect_timeout": _SECONDS_TO_CONNECT,
        "options": f"-c statement_timeout={_SECONDS_TO_WAIT}s",
        "tcp_user_timeout": _SECONDS_TO_WAIT * 1_000,  # when the machine at the other end is gone without a word
    }
    return create_engine(
        url, pool_pre_ping=True, pool_timeout=_SECONDS_TO_WAIT, connect_args=waits, hide_parameters=True
    )


def sqlite_file(url: str) -> Path | None:
    """Return the file of a store, by its address as ``Settings.store_url`` gives it; None if it is not in SQLite.

    :raises SettingsError: if the address cannot be read.
    """
    try:
        found = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError("FAQBOT_DATABASE_URL cannot be read as an address") from error
    return Path(found.database) if found.get_backend_name() == "sqlite" and found.database else None


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Let readers and one writer work at once, and keep what was acknowledged through a crash."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at once for what will write: one that has read before could not wait for its turn."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def version(connection: Connection) -> str | None:
    """Return which of the migrations was done last; None in an empty database."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {_VERSION_TABLE}"))
    return found


def newest_version() -> str:
    """Return the last migration there is; their files are named in order."""
    names = (file.name for file in (files("faqbot.store") / "migrations" / "versions").iterdir())
    return max(name.partition("_")[0] for name in names if name.endswith(".py"))


def _make_file(path: Path) -> None:
    """Make SQLite's file, and its folder, for their owner alone; what is there already stays as it is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _take_time(connection: Connection) -> None:
    if _is_postgresql(connection):
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> Row[Any] | None:
    """Insert a row and return its primary key; None, and nothing is done, if one with its keys is there."""
    inserted: Row[Any] | None = connection.execute(
        _insert(connection, table).values(row).on_conflict_do_nothing().returning(*table.primary_key)
    ).first()
    return inserted


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, but for those whose primary key is there already."""
    if rows:
        keys = [column.name for column in table.primary_key]
        connection.execute(_insert(connection, table).on_conflict_do_nothing(index_elements=keys), rows)


def insert_or_replace(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, in place of one with its primary key if there is one."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    connection.execute(_insert(connection, table).values(row).on_conflict_do_update(index_elements=keys, set_=rest))


def _insert(connection: Connection, table: Table) -> Any:
    dialect = postgresql if _is_postgresql(connection) else sqlite
    return dialect.insert(table)


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
