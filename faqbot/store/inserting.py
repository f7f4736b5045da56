"""Insert rows where others may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from faqbot.store.engine import is_postgresql


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
    dialect = postgresql if is_postgresql(connection) else sqlite
    return dialect.insert(table)
