"""Which version the tables of a database have, told by the migration that was done last."""

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

_TABLE = "alembic_version"


def version(connection: Connection) -> str | None:
    """Return which of the migrations was done last; None in an empty database."""
    if not inspect(connection).has_table(_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {_TABLE}"))
    return found


def newest_version() -> str:
    """Return the last migration there is; their files are named in order."""
    names = (file.name for file in (files("faqbot.store") / "migrations" / "versions").iterdir())
    return max(name.partition("_")[0] for name in names if name.endswith(".py"))
