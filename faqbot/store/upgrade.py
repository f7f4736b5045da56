"""Bring tables up to date."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from faqbot.errors import StoreError


def upgrade(connection: Connection) -> None:
    """Do the migrations that were not done yet.

    :raises StoreError: if there were some that nobody here knows.
    """
    with as_file(files("faqbot.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError("the store was written by a later version of faqbot") from error
