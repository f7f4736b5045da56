"""The address of a database."""

from pathlib import Path

import pytest

from faqbot.errors import SettingsError, StoreError
from faqbot.settings import Settings
from faqbot.store.address import sqlite_file
from faqbot.store.store import Store


@pytest.mark.parametrize("url", ["postgresql://host:port/db", "postgresql://[", "postgresql://a:b@c:99999999/d"])
def test_an_address_that_cannot_be_read_is_an_error_that_does_not_quote_it(url: str) -> None:
    with pytest.raises((SettingsError, StoreError)) as caught:
        Store(Settings(database_url=url).store_url()).tickets.list()
    assert url not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/faqbot.sqlite3", Path("/var/lib/faqbot.sqlite3")),
        ("sqlite://", None),
        ("postgresql+psycopg://faqbot@db/faqbot", None),
    ],
)
def test_only_a_store_in_sqlite_has_a_file(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file


def test_no_file_is_read_out_of_an_address_that_is_none() -> None:
    with pytest.raises(SettingsError, match="FAQBOT_DATABASE_URL cannot be read as an address"):
        sqlite_file("postgresql://host:port/db")
