"""What is old is forgotten."""

from datetime import timedelta

from faqbot.reply import Conversation
from faqbot.store.column_types import now
from faqbot.store.exchanges import Verdict
from faqbot.store.retention import Purged, purge
from faqbot.store.store import Store
from faqbot.store.tables import deliveries, outbox, threads, tickets
from faqbot.store.ticket import Status
from tests.store.making import age, at_once, exchange, ticket

EVER = now() - timedelta(days=10_000)


def keep(store: Store, name: str, days: float, conversation: str = "talk") -> None:
    store.exchanges.keep([exchange(name, at=now() - timedelta(days=days), conversation=conversation)])
    store.feedback.give(Verdict(name, now(), True, None))


def test_old_exchanges_go_with_their_verdicts_and_the_others_stay(store: Store) -> None:
    keep(store, "old", 90.01)
    keep(store, "young", 89.99)
    assert purge(store.database, 90) == Purged(exchanges=1, tickets=0)
    assert [each.id for each in store.exchanges.since(EVER)] == list(store.feedback.since(EVER)) == ["young"]


def test_a_solved_ticket_that_nobody_touched_goes_with_its_entries_and_transcript(store: Store) -> None:
    keep(store, "asked", 100)
    number = ticket(store, conversation="talk").id
    store.tickets.set_status(number, Status.SOLVED, author="minh")
    assert purge(store.database, 90) == Purged(0, 0)
    age(store, tickets.c.updated, 91)
    assert purge(store.database, 90) == Purged(1, 1)
    assert (store.tickets.get(number), store.tickets.entries(number)) == (None, ())


def test_a_ticket_that_is_not_solved_stays_with_its_transcript(store: Store) -> None:
    for status in (Status.NEW, Status.OPEN, Status.WAITING):
        keep(store, status, 100, conversation=status)
        store.tickets.set_status(ticket(store, conversation=status).id, status, author="minh")
    ticket(store)
    age(store, tickets.c.updated, 1_000)
    assert purge(store.database, 1) == Purged(0, 0)
    assert len(store.tickets.list()) == 4


def test_threads_deliveries_and_notices_go_too(store: Store) -> None:
    with store.database.writing() as connection:
        notice = {"target": "t", "event": "e", "content": {}, "status": "sent", "attempts": 1}
        connection.execute(outbox.insert().values(created=now(), next_attempt=now(), **notice))
    store.threads.keep("slack", "T1", Conversation("vi"))
    store.deliveries.first("slack", "1")
    for column in (threads.c.at, deliveries.c.at, outbox.c.created):
        age(store, column, 8)
    purge(store.database, 7)
    with store.database.reading() as connection:
        left = [connection.execute(table.select()).all() for table in (threads, deliveries, outbox)]
    assert left == [[], [], []]


def test_edits_users_and_the_audit_stay(store: Store) -> None:
    store.audit.note("lan", "edit.add", 1)
    store.edits.add("question", {}, author="lan")
    assert purge(store.database, 1) == Purged(0, 0)
    assert (len(store.audit.list()), len(store.edits.list())) == (1, 1)


def test_purges_at_the_same_time_forget_everything_once(store: Store) -> None:
    for number in range(200):
        keep(store, str(number), 100)
    purged = at_once(4, lambda _: purge(store.database, 90))
    assert sum(each.exchanges for each in purged) == 200
    assert store.exchanges.since(EVER) == ()
