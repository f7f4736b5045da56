"""What connects to a database, and how long it waits."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from faqbot.store.address import address_errors

SECONDS_TO_WAIT = 5
"""For a connection, a lock, or the end of a statement."""
_SECONDS_TO_CONNECT = 3
WRITES = "faqbot_writes"
"""Names the option of a connection whose transactions write."""


def new_engine(url: str) -> Engine:
    """Return what connects to a database, once it is needed.

    :raises SettingsError: if the address cannot be read.
    """
    with address_errors():
        return _sqlite(url) if url.startswith("sqlite") else _postgresql(url)


def is_postgresql(connection: Connection) -> bool:
    """Return whether the database is PostgreSQL; else it is SQLite."""
    return connection.dialect.name == "postgresql"


def _postgresql(url: str) -> Engine:
    waits = {
        "connect_timeout": _SECONDS_TO_CONNECT,
        "options": f"-c statement_timeout={SECONDS_TO_WAIT}s",
        "tcp_user_timeout": SECONDS_TO_WAIT * 1_000,  # when the machine at the other end is gone without a word
    }
    return create_engine(
        url, pool_pre_ping=True, pool_timeout=SECONDS_TO_WAIT, connect_args=waits, hide_parameters=True
    )


def _sqlite(url: str) -> Engine:
    waits = {"timeout": SECONDS_TO_WAIT}
    engine = create_engine(url, pool_timeout=SECONDS_TO_WAIT, connect_args=waits, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Let readers and one writer work at once, and keep what was acknowledged through a crash."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at once for what will write: one that has read before could not wait for its turn."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
