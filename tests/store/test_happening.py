"""What happens to tickets is told, once, and kept together with the ticket."""

from collections.abc import Callable, Iterable

import pytest

from faqbot.outgoing.event import Event
from faqbot.store.happening import Happening
from faqbot.store.notice import NewNotice
from faqbot.store.store import Store
from faqbot.store.ticket import EntryKind, NewTicket, Status
from faqbot.store.tickets import Tickets


def telling(store: Store, announce: Callable[[Happening], Iterable[NewNotice]]) -> Store:
    store.tickets = Tickets(store.database, lambda happening: tuple(announce(happening)))
    return store


def test_each_happening_is_told_once_with_the_ticket_as_it_stands(store: Store) -> None:
    told: list[Happening] = []

    def tell(happening: Happening) -> Iterable[NewNotice]:
        told.append(happening)
        return [NewNotice("crm", "ticket.created", {})]

    telling(store, tell)
    key = NewTicket("máy in hỏng", "web", "vi", idempotency_key="k")
    ticket = store.tickets.open(key)[0]
    store.tickets.open(key)
    store.tickets.say(ticket.id, EntryKind.MESSAGE, "còn đó không")
    store.tickets.say(ticket.id, EntryKind.NOTE, "hỏi Lan", author="minh")
    store.tickets.say(ticket.id, EntryKind.REPLY, "Để mình xem.", author="minh")
    store.tickets.set_status(ticket.id, Status.OPEN, author="minh")
    store.tickets.set_status(ticket.id, Status.SOLVED, author="minh")
    store.tickets.set_status(ticket.id, Status.SOLVED, author="minh")
    assert [(each.event, each.text, each.author, each.ticket.status) for each in told] == [
        (Event.CREATED, "máy in hỏng", None, Status.NEW),
        (Event.REPLIED, "Để mình xem.", "minh", Status.WAITING),
        (Event.SOLVED, "", "minh", Status.SOLVED),
    ]
    assert store.outbox.count().waiting == 3


def test_a_ticket_whose_notice_cannot_be_kept_is_not_kept_either(store: Store) -> None:
    class Broken(Exception):
        pass

    def broken(happening: Happening) -> Iterable[NewNotice]:
        raise Broken

    with pytest.raises(Broken):
        telling(store, broken).tickets.open(NewTicket("máy in hỏng", "web", "vi"))
    assert store.tickets.list() == ()
