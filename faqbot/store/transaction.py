"""What a transaction needs to be told on PostgreSQL; on SQLite it is so by itself, and these do nothing."""

from sqlalchemy import Connection, Table, text

from faqbot.store.engine import is_postgresql

_MIGRATION_LOCK = 4_201_937
"""Names the advisory lock under which one process at a time brings a database up to date."""


def see_one_moment(connection: Connection) -> None:
    """Let a transaction that has not begun see everything as it is at one moment."""
    if is_postgresql(connection):
        connection.execution_options(isolation_level="REPEATABLE READ")


def take_time(connection: Connection) -> None:
    """Let each statement take as long as it needs."""
    if is_postgresql(connection):
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def write_alone(connection: Connection, table: Table) -> None:
    """Let nobody else change a table until the transaction ends; wait for those who do."""
    if is_postgresql(connection):
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def migrate_alone(connection: Connection) -> None:
    """Let nobody else bring the database up to date until the transaction ends; wait for those who do."""
    if is_postgresql(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
