"""What tests of the store put into it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import Column, update

from faqbot.store.column_types import now
from faqbot.store.exchanges import Exchange
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Ticket

Result = TypeVar("Result")


def exchange(name: str = "first", **fields: Any) -> Exchange:
    """Return an exchange that was made just now."""
    values: dict[str, Any] = {
        "id": name,
        "conversation": "talk",
        "at": now(),
        "channel": "web",
        "question": "chủ nhật có mở cửa không",
        "language": "vi",
        "kind": "answer",
        "section": "guide/hours",
        "offered": ("guide/loans", "guide/fines"),
        "confidence": 0.9,
        "reply": "Chủ nhật thư viện nghỉ.",
        "revision": "r1",
    }
    return Exchange(**values | fields)


def ticket(store: Store, message: str = "em cần gặp thủ thư", **fields: Any) -> Ticket:
    """Open a ticket and return it."""
    return store.tickets.open(NewTicket(message, "web", "vi", **fields))[0]


def at_once(threads: int, work: Callable[[int], Result]) -> Sequence[Result]:
    """Call something with 0, 1, … from so many threads, which begin together; return the results in that order."""
    ready = Barrier(threads)

    def begin(number: int) -> Result:
        ready.wait(timeout=10)
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def age(store: Store, column: Column[Any], days: float) -> None:
    """Let all rows of a table be so many days old."""
    with store.database.writing() as connection:
        connection.execute(update(column.table).values({column.name: now() - timedelta(days=days)}))
