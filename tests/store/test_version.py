"""Which version the tables of a database have."""

from importlib.resources import as_file, files

from alembic.script import ScriptDirectory

from faqbot.store.store import Store
from faqbot.store.version import newest_version, version


def test_a_store_that_is_up_to_date_is_known_as_such(store: Store) -> None:
    with store.database.reading() as connection, as_file(files("faqbot.store") / "migrations") as folder:
        assert version(connection) == newest_version() == ScriptDirectory(folder).get_current_head()
