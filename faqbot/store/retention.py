"""Forget what is old."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.tables import deliveries, exchanges, outbox, threads, tickets
from faqbot.store.ticket import Status


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was forgotten."""

    exchanges: int
    tickets: int


def purge(database: Database, days: int) -> Purged:
    """Delete exchanges older than so many days, and tickets that were solved and not touched for as long.

    The transcript of a ticket stays as long as the ticket.

    :raises StoreError: if the store is down.
    """
    before = now() - timedelta(days=days)
    with database.writing(unhurried=True) as connection:
        old = (tickets.c.status == Status.SOLVED) & (tickets.c.updated < before)
        solved = connection.execute(tickets.delete().where(old)).rowcount
        kept = select(tickets.c.conversation).where(tickets.c.conversation.is_not(None))
        unread = (exchanges.c.at < before) & exchanges.c.conversation.not_in(kept)
        forgotten = connection.execute(exchanges.delete().where(unread)).rowcount
        for table, moment in ((threads, threads.c.at), (deliveries, deliveries.c.at), (outbox, outbox.c.created)):
            connection.execute(table.delete().where(moment < before))
        return Purged(forgotten, solved)
