"""Rows are inserted where others may be there already."""

from sqlalchemy import select

from faqbot.store.inserting import insert_once, insert_or_replace
from faqbot.store.store import Store
from faqbot.store.tables import deliveries
from tests.store.making import exchange


def test_a_row_is_inserted_once_or_replaced(store: Store) -> None:
    first, second = ({"source": "a", "delivery": "b", "at": exchange().at} for _ in range(2))
    with store.database.writing() as connection:
        inserted = [insert_once(connection, deliveries, row) for row in (first, second)]
        insert_or_replace(connection, deliveries, second)
        rows = connection.execute(select(deliveries)).all()
    assert (inserted, rows) == ([("a", "b"), None], [tuple(second.values())])
