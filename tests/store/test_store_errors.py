"""The errors of the database become ours."""

import pytest
from sqlalchemy import text

from faqbot.errors import StoreDownError, StoreError
from faqbot.store.store import Store


def test_what_the_database_refuses_says_so_without_quoting_it(store: Store) -> None:
    with pytest.raises(StoreError, match=r"^the store refuses \(\w+\)$") as caught, store.database.writing() as each:
        each.execute(text("INSERT INTO audit (id, actor) VALUES (1, 'private')"))
    assert not isinstance(caught.value, StoreDownError)
