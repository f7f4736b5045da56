"""Whatever was acknowledged arrives once it can, in the background; whatever cannot is kept for somebody to see."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from faqbot.errors import DeliveryError
from faqbot.helpdesk.carriers import Carrier, carriers
from faqbot.helpdesk.delivery import REST, Sender
from faqbot.metrics.numbers import NOTICES_SENT
from faqbot.outgoing.target import Target
from faqbot.store.column_types import now
from faqbot.store.notice import NewNotice, Stage, Waiting
from faqbot.store.store import Store
from faqbot.store.ticket import EntryKind, NewTicket, Status
from tests.helpdesk.telling import mail, target, telling_store
from tests.outside import Mailbox, Receiver
from tests.store.making import exchange

NEW = NewTicket("máy in hỏng", "web", "vi", contact="lan@example.org", conversation="talk")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = now()

    def __call__(self) -> datetime:
        self.moment = max(self.moment, now())
        return self.moment

    def move(self, **by: float) -> None:
        self.moment = self() + timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(database_url: str) -> Iterator[Callable[..., Store]]:
    """Opens stores that tell others."""
    found: list[Store] = []

    def open_one(*targets: Target, **options: Any) -> Store:
        found.append(telling_store(database_url, *targets, **options))
        return found[-1]

    yield open_one
    for each in found:
        each.close()


def refusing(told: dict[str, Any], moment: datetime) -> None:
    raise DeliveryError("HTTP status 500")


def refusing_for_good(told: dict[str, Any], moment: datetime) -> None:
    raise DeliveryError("no such address", for_good=True)


def sender(store: Store, clock: Clock, **given: Carrier) -> Sender:
    return Sender(store, given, clock=clock)


def test_what_happens_to_a_ticket_arrives(opened: Callable[..., Store], receiver: Receiver, clock: Clock) -> None:
    crm = target(receiver.url)
    store = opened(crm)
    store.exchanges.keep([exchange()])
    ticket = store.tickets.open(NEW)[0]
    store.tickets.say(ticket.id, EntryKind.REPLY, "Mai mình sửa nhé.", author="minh")
    store.tickets.set_status(ticket.id, Status.SOLVED, author="minh")
    assert Sender(store, carriers([crm], None), clock=clock).send_due() == 3
    bodies = [json.loads(call.body) for call in receiver.calls]
    assert [each["event"] for each in bodies] == ["ticket.created", "ticket.replied", "ticket.solved"]
    assert bodies[0]["transcript"][0]["question"] == "chủ nhật có mở cửa không"
    assert [each["text"] for each in bodies] == ["máy in hỏng", "Mai mình sửa nhé.", ""]
    assert store.outbox.count() == Waiting(0, 0)


def test_letters_go_the_same_way(opened: Callable[..., Store], mailbox: Mailbox, clock: Clock) -> None:
    server = mail(mailbox.port)
    store = opened(mail_server=server)
    ticket = store.tickets.open(NEW)[0]
    store.tickets.say(ticket.id, EntryKind.REPLY, "Mai mình sửa nhé.", author="minh")
    assert Sender(store, carriers([], server), clock=clock).send_due() == 2
    assert mailbox.receivers == [list(server.team), ["lan@example.org"]]


@pytest.mark.parametrize("status", [429, 500])
def test_a_target_that_refuses_gets_it_later(
    opened: Callable[..., Store], receiver: Receiver, clock: Clock, status: int
) -> None:
    crm = target(receiver.url)
    store, receiver.status = opened(crm), status
    store.tickets.open(NEW)
    found = Sender(store, carriers([crm], None), clock=clock)
    assert found.send_due() == 0
    assert store.outbox.list(Stage.WAITING)[0].last_error == f"HTTP status {status}"
    receiver.status = 200
    assert found.send_due() == 0
    clock.move(minutes=1)
    assert found.send_due() == 1
    assert len({call.headers["X-Faqbot-Delivery"] for call in receiver.calls}) == 1
    assert len(receiver.calls) == 2


def test_a_target_that_is_down_does_not_hold_up_the_others(store: Store, clock: Clock) -> None:
    arrived: list[str] = []
    tries: list[str] = []

    def down(told: dict[str, Any], moment: datetime) -> None:
        tries.append("down")
        raise DeliveryError("no answer in time")

    def well(told: dict[str, Any], moment: datetime) -> None:
        arrived.append("well")

    store.outbox.add(*[NewNotice(name, "ticket.solved", {"event": "ticket.solved"}) for name in ("down", "well") * 5])
    assert sender(store, clock, down=down, well=well).send_due() == 5
    assert tries == ["down"]


def test_after_a_rest_a_target_is_tried_again(store: Store, clock: Clock) -> None:
    store.outbox.add(*[NewNotice("crm", "ticket.solved", {"event": "ticket.solved"})] * 2)
    found = sender(store, clock, crm=refusing)
    found.send_due()
    clock.move(seconds=REST.total_seconds() + 1)
    found.send_due()
    assert sorted(each.attempts for each in store.outbox.list(Stage.WAITING)) in ([0, 2], [1, 1])


def test_after_a_day_it_is_dead_and_somebody_can_send_it_again(store: Store, clock: Clock) -> None:
    store.outbox.add(NewNotice("crm", "ticket.solved", {"event": "ticket.solved"}))
    found = sender(store, clock, crm=refusing)
    for _ in range(60):
        found.send_due()
        clock.move(minutes=30)
    assert store.outbox.count() == Waiting(0, 1)
    assert found.status() == ("degraded", "0 waiting, 1 dead")
    assert store.outbox.send_again(store.outbox.list(Stage.DEAD)[0].id, clock())
    assert sender(store, clock, crm=lambda told, moment: None).send_due() == 1
    assert found.status() == ("ok", "0 waiting, 0 dead")


def test_a_notice_whose_target_is_gone_is_dead(store: Store, clock: Clock) -> None:
    store.outbox.add(NewNotice("gone", "ticket.solved", {"event": "ticket.solved"}))
    sender(store, clock, crm=refusing).send_due()
    assert store.outbox.list(Stage.DEAD)[0].last_error == "there is no such target any more"


def test_an_error_that_nobody_thought_of_is_a_failure_that_quotes_nobody(store: Store, clock: Clock) -> None:
    def broken(told: dict[str, Any], moment: datetime) -> None:
        raise ValueError(told["text"])

    store.outbox.add(NewNotice("crm", "ticket.solved", {"event": "ticket.solved", "text": "riêng tư"}))
    sender(store, clock, crm=broken).send_due()
    assert store.outbox.list(Stage.WAITING)[0].last_error == "unexpected ValueError"


def test_it_sends_in_the_background_and_stops(opened: Callable[..., Store], receiver: Receiver) -> None:
    crm = target(receiver.url)
    store = opened(crm)
    store.tickets.open(NEW)
    found = Sender(store, carriers([crm], None))
    found.start()
    found.start()
    assert receiver.arrived.wait(20)
    found.stop()
    assert not found.running
    assert len(receiver.calls) == 1


def test_without_targets_there_is_nothing_to_run(store: Store) -> None:
    found = Sender(store, {})
    found.start()
    assert not found.running
    found.stop()


def test_a_store_that_is_down_is_said_and_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = telling_store(f"sqlite:///{tmp_path / 'file' / 'faqbot.sqlite3'}")
    status, reason = Sender(store, {"crm": refusing}).status()
    assert status == "degraded"
    assert "down" in reason


@pytest.mark.parametrize(
    ("carrier", "outcome"), [(lambda told, moment: None, "arrived"), (refusing, "failed"), (refusing_for_good, "dead")]
)
def test_each_attempt_counts_by_what_became_of_it(store: Store, carrier: Carrier, outcome: str) -> None:
    count = NOTICES_SENT.labels("counted", outcome)
    before = next(iter(count.collect())).samples[0].value
    store.outbox.add(NewNotice("counted", "ticket.solved", {"event": "ticket.solved"}))
    Sender(store, {"counted": carrier}).send_due()
    assert next(iter(count.collect())).samples[0].value == before + 1
