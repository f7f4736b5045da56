"""Carry a whole store over into one file, and back into a store of either kind."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select, text

from faqbot.errors import SettingsError
from faqbot.store.database import Database
from faqbot.store.engine import is_postgresql
from faqbot.store.store_errors import store_errors
from faqbot.store.tables import deliveries, metadata

_ROWS_AT_ONCE = 1_000


def back_up(database: Database, file: Path) -> None:
    """Write everything, as it is at one moment, into an SQLite file that only its owner can read.

    :raises SettingsError: if the file is there already, or cannot be written.
    :raises StoreError: if the store is down.
    """
    if file.exists():
        raise SettingsError(f"{file} is there already; take another name")
    database.migrate()
    with _file_errors(file, "written"), TemporaryDirectory(dir=file.absolute().parent, prefix=".faqbot-") as folder:
        copy = Path(folder) / "copy"
        if database.engine.dialect.name == "sqlite":
            _copy_file(database, copy)
        else:
            _copy_into_new(database, copy)
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        copy.chmod(0o600)
        copy.rename(file)


def restore(database: Database, file: Path) -> None:
    """Put everything that a backup holds into a store where nothing is yet. A backup of an older version will do.

    :raises SettingsError: if the file is no backup, or there is something in the store.
    :raises StoreError: if the store is down, or the backup is of a later version.
    """
    with _file_errors(file, "read"), TemporaryDirectory(prefix="faqbot-") as folder:
        copy = Path(shutil.copyfile(file, Path(folder) / "copy"))
        _check(copy, file)
        with (
            closing(Database(f"sqlite:///{copy}")) as source,
            source.reading() as reading,
            database.writing(unhurried=True) as writing,
        ):
            _refuse_unless_empty(writing)
            writing.execute(deliveries.delete())
            _copy_rows(reading, writing)
            _count_on(writing)


@contextmanager
def _file_errors(file: Path, done: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise SettingsError(f"{file} cannot be {done} ({error})") from error


def _copy_file(database: Database, copy: Path) -> None:
    with store_errors(), closing(database.engine.raw_connection()) as source, closing(sqlite3.connect(copy)) as target:
        source.driver_connection.backup(target)  # type: ignore[union-attr]


def _copy_into_new(database: Database, copy: Path) -> None:
    with (
        closing(Database(f"sqlite:///{copy}")) as target,
        database.reading(unhurried=True) as reading,
        target.writing() as writing,
    ):
        _copy_rows(reading, writing)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in metadata.sorted_tables:
        found = source.execute(select(table), execution_options={"yield_per": _ROWS_AT_ONCE})
        for rows in found.mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in rows])


def _check(copy: Path, file: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT version_num FROM alembic_version")
    except sqlite3.DatabaseError as error:
        raise SettingsError(f"{file} is no backup of faqbot") from error


def _refuse_unless_empty(connection: Connection) -> None:
    tables = [table for table in metadata.sorted_tables if table is not deliveries]
    full = [table.name for table in tables if connection.execute(select(table).limit(1)).first()]
    if full:
        raise SettingsError(f"the store is not empty: there is something in {', '.join(full)}; name an empty one")


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number what comes next after what was put in; SQLite does so by itself."""
    if not is_postgresql(connection):
        return
    for table in metadata.sorted_tables:
        if table.autoincrement_column is not None:
            sequence = f"pg_get_serial_sequence('{table.name}', '{table.autoincrement_column.name}')"
            highest = f"max({table.autoincrement_column.name})"
            connection.execute(text(f"SELECT setval({sequence}, {highest}) FROM {table.name}"))
