"""What other programs delivered, so that each delivery is dealt with once."""

from datetime import timedelta

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.inserting import insert_once
from faqbot.store.tables import deliveries

KEPT = timedelta(hours=24)
"""How long a delivery is remembered."""


class Deliveries:
    """The ids of what came in lately, on all replicas."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first(self, source: str, delivery: str) -> bool:
        """Remember a delivery; return whether it was unknown. Of several at the same time, one is told so.

        :raises StoreError: if the store is down.
        """
        moment = now()
        with self._database.writing() as connection:
            connection.execute(deliveries.delete().where(deliveries.c.at < moment - KEPT))
            row = {"source": source, "delivery": delivery, "at": moment}
            return insert_once(connection, deliveries, row) is not None

    def forget(self, source: str, delivery: str) -> None:
        """Forget a delivery that could not be dealt with, so that it is dealt with when it comes again.

        :raises StoreError: if the store is down.
        """
        wanted = deliveries.delete().where(deliveries.c.source == source, deliveries.c.delivery == delivery)
        with self._database.writing() as connection:
            connection.execute(wanted)
