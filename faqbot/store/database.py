"""Read from a database and write into it, in transactions, with its tables up to date."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from sqlalchemy import Connection, Table

from faqbot.errors import StoreDownError
from faqbot.store.address import sqlite_file
from faqbot.store.engine import SECONDS_TO_WAIT, WRITES, new_engine
from faqbot.store.outage import Outage
from faqbot.store.store_errors import store_errors
from faqbot.store.transaction import migrate_alone, see_one_moment, take_time, write_alone
from faqbot.store.version import newest_version, version

_migrating = threading.Lock()


class Database:
    """A database with our tables. Nothing is connected at first, so that a server starts while its database is down."""

    def __init__(self, url: str) -> None:
        """Take the address as ``Settings.store_url`` gives it.

        :raises SettingsError: if it cannot be read.
        """
        self.engine = new_engine(url)
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
            see_one_moment(connection)
            if unhurried:
                take_time(connection)
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
                take_time(connection)
            if alone_in is not None:
                write_alone(connection, alone_in)
            yield connection

    def migrate(self) -> None:
        """Bring the tables up to date, once, and one thread and one process at a time: Alembic is for one thread.

        :raises StoreError: as ``reading`` does.
        """
        if self._migrated:
            return
        self._outage.refuse_if_known()
        if not _migrating.acquire(timeout=SECONDS_TO_WAIT):
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
        with self._connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    def _bring_up_to_date(self) -> None:
        with store_errors():
            file = sqlite_file(self.engine.url)
            if file is not None:
                _make_file(file)
            with self._connect() as connection:
                if version(connection) == newest_version():
                    return
            from faqbot.store.upgrade import upgrade  # only where it is needed: Alembic takes long to import

            with self._to_write() as connection:
                take_time(connection)
                migrate_alone(connection)
                upgrade(connection)


def _make_file(path: Path) -> None:
    """Make SQLite's file, and its folder, for their owner alone; what is there already stays as it is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


_all: WeakSet[Database] = WeakSet()


def _leave_all_connections() -> None:
    global _migrating
    _migrating = threading.Lock()
    for database in _all:
        database.leave_connections()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_all_connections)
