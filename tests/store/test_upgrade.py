"""Tables are brought up to date, once, whoever begins at the same time."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from faqbot.errors import StoreError
from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.store.tables import metadata
from tests.store.making import at_once

OpenStore = Callable[[str], Store]


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
    command = [sys.executable, "-c", script, Settings(database_url=empty_url).store_url()]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.stdin is not None
        process.stdin.close()
    for process in running:
        with process, suppress(ValueError):
            assert process.stderr is not None
            assert process.stderr.read() == b""
        assert process.returncode == 0
    with closing(Store(Settings(database_url=empty_url).store_url())) as store:
        assert len(store.audit.list()) == 4


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
