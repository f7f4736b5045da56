"""A store whose database was out of reach is as good as before once it is back."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import make_url, text

from faqbot.errors import StoreDownError
from faqbot.store.store import Store
from tests.store.making import exchange
from tests.store.proxy import Proxy

OpenStore = Callable[[str], Store]


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy]:
    """A way to the database that can be cut."""
    url = make_url(postgresql_url)
    between = Proxy(url.host or "127.0.0.1", url.port or 5432)
    between.up()
    yield between
    between.down()


@pytest.fixture
def far_store(proxy: Proxy, postgresql_url: str, open_store: OpenStore) -> Store:
    """A store whose database is reached through the proxy."""
    url = make_url(postgresql_url).set(host="127.0.0.1", port=proxy.port)
    return open_store(url.render_as_string(hide_password=False))


def test_a_store_that_was_down_at_the_start_heals(proxy: Proxy, far_store: Store) -> None:
    proxy.down()
    with pytest.raises(StoreDownError, match=r"^the store is down \(\w+\)$"):
        far_store.tickets.list()
    assert far_store.status()[0] == "degraded"
    proxy.up()
    assert far_store.tickets.list() == ()
    assert far_store.status() == ("ok", "postgresql")


def test_a_store_that_goes_down_while_it_is_used_heals(proxy: Proxy, far_store: Store) -> None:
    assert far_store.deliveries.first("slack", "1")
    proxy.down()
    with pytest.raises(StoreDownError):
        far_store.deliveries.first("slack", "2")
    proxy.up()
    assert far_store.deliveries.first("slack", "2")
    assert not far_store.deliveries.first("slack", "1")


def test_a_connection_that_is_cut_within_a_transaction_is_a_store_that_is_down(proxy: Proxy, far_store: Store) -> None:
    def delete() -> None:
        with far_store.database.writing() as connection:
            connection.execute(text("DELETE FROM audit"))
            proxy.down()

    with pytest.raises(StoreDownError):
        delete()
    proxy.up()
    assert far_store.audit.list() == ()


def test_exchanges_wait_while_the_store_is_down(proxy: Proxy, far_store: Store) -> None:
    proxy.down()
    far_store.writer.put(exchange())
    assert not far_store.writer.flush(0.1)
    proxy.up()
    assert far_store.writer.flush(10)
    assert [each.id for each in far_store.exchanges.of("talk")] == ["first"]
    assert far_store.writer.lost == 0
