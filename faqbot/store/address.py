"""The address of a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from faqbot.errors import SettingsError


@contextmanager
def address_errors() -> Iterator[None]:
    """Turn the errors of the library about an address into ours.

    :raises SettingsError: in their place, without quoting the address.
    """
    try:
        yield
    except (ArgumentError, TypeError, ValueError) as error:
        raise SettingsError("FAQBOT_DATABASE_URL cannot be read as an address") from error


def sqlite_file(url: str | URL) -> Path | None:
    """Return the file of a store, by its address as ``Settings.store_url`` gives it; None if it is not in SQLite.

    :raises SettingsError: if the address cannot be read.
    """
    with address_errors():
        found = make_url(url)
    return Path(found.database) if found.get_backend_name() == "sqlite" and found.database else None
