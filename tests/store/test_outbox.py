"""Notices are kept until they have arrived, are tried for a day, and are each with one sender at a time."""

from collections.abc import Callable
from datetime import timedelta

from faqbot.store.column_types import now
from faqbot.store.notice import NewNotice, Notice, Stage, Waiting
from faqbot.store.outbox import LEASE
from faqbot.store.retrying import FIRST_DELAY, LONGEST_DELAY, LONGEST_TRY, delay
from faqbot.store.store import Store
from tests.store.making import at_once

SECOND = timedelta(seconds=1)


def new(target: str = "crm", **content: object) -> NewNotice:
    return NewNotice(target, "ticket.created", {"text": "máy in hỏng", **content})


def claimed(store: Store) -> Notice:
    store.outbox.add(new())
    notice = store.outbox.claim(now())
    assert notice is not None
    return notice


def test_a_notice_is_due_at_once_and_comes_as_it_was_put(store: Store) -> None:
    notice = claimed(store)
    assert (notice.target, notice.event, notice.content) == ("crm", "ticket.created", {"text": "máy in hỏng"})
    assert (notice.status, notice.attempts, notice.last_error) == (Stage.WAITING, 1, None)


def test_an_empty_outbox_has_nothing_to_claim(store: Store) -> None:
    assert store.outbox.claim(now()) is None


def test_the_notice_that_has_been_due_the_longest_comes_first(store: Store) -> None:
    store.outbox.add(*(new(number=number) for number in range(3)))
    moment = now()
    found = [store.outbox.claim(moment) for _ in range(4)]
    assert [each and each.content["number"] for each in found] == [0, 1, 2, None]


def test_notices_are_counted_by_target_and_stage(store: Store) -> None:
    store.outbox.add(new("crm"), new("crm"), new("desk"))
    notice = store.outbox.claim(now())
    assert notice is not None
    store.outbox.give_up(notice, "no such target")
    counts = {("crm", Stage.DEAD): 1, ("crm", Stage.WAITING): 1, ("desk", Stage.WAITING): 1}
    assert store.outbox.by_target() == counts


def test_a_target_that_rests_is_left_alone(store: Store) -> None:
    store.outbox.add(new("crm"), new("desk"))
    notice = store.outbox.claim(now(), {"crm"})
    assert notice is not None
    assert notice.target == "desk"
    assert store.outbox.claim(now(), {"crm"}) is None


def test_a_claimed_notice_is_nobody_elses_until_its_lease_has_run_out(store: Store) -> None:
    store.outbox.add(new())
    moment = now()
    assert store.outbox.claim(moment) is not None
    assert store.outbox.claim(moment + LEASE - SECOND) is None
    again = store.outbox.claim(moment + LEASE + SECOND)
    assert again is not None
    assert again.attempts == 2


def test_replicas_that_claim_at_the_same_time_get_each_notice_once(
    database_url: str, open_store: Callable[[str], Store]
) -> None:
    stores = [open_store(database_url) for _ in range(4)]
    stores[0].outbox.add(*(new(number=number) for number in range(40)))
    moment = now()

    def work(sender: int) -> list[int]:
        found = []
        for _ in range(60):
            notice = stores[sender % 4].outbox.claim(moment)
            if notice is not None:
                found.append(notice.content["number"])
        return found

    numbers = [number for found in at_once(8, work) for number in found]
    assert sorted(numbers) == list(range(40))


def test_what_has_arrived_is_forgotten(store: Store) -> None:
    store.outbox.succeeded(claimed(store))
    assert store.outbox.count() == Waiting(0, 0)


def test_after_a_failure_it_waits_with_its_reason(store: Store) -> None:
    notice, moment = claimed(store), now()
    assert store.outbox.failed(notice, "HTTP status 500", moment) is Stage.WAITING
    assert store.outbox.claim(moment + FIRST_DELAY - SECOND) is None
    again = store.outbox.claim(moment + FIRST_DELAY + SECOND)
    assert again is not None
    assert (again.attempts, again.last_error) == (2, "HTTP status 500")


def test_a_target_may_ask_for_a_pause_but_not_for_a_week(store: Store) -> None:
    notice, moment = claimed(store), now()
    store.outbox.failed(notice, "HTTP status 429", moment, pause=timedelta(days=7))
    assert store.outbox.claim(moment + LONGEST_DELAY - SECOND) is None
    assert store.outbox.claim(moment + LONGEST_DELAY + SECOND) is not None


def test_after_a_day_of_failures_it_is_dead(store: Store) -> None:
    notice, moment, stage = claimed(store), now(), Stage.WAITING
    while stage is Stage.WAITING:
        stage = store.outbox.failed(notice, "nobody answers", moment)
        if stage is Stage.WAITING:
            moment += delay(notice.attempts)
            found = store.outbox.claim(moment)
            assert found is not None
            notice = found
    assert timedelta(hours=21) < moment - notice.created <= LONGEST_TRY
    assert (notice.attempts, store.outbox.count()) == (21, Waiting(0, 1))
    assert store.outbox.claim(moment + timedelta(days=9)) is None


def test_one_whose_lease_ran_out_no_longer_decides(store: Store) -> None:
    late = claimed(store)
    again = store.outbox.claim(now() + LEASE + SECOND)
    assert again is not None
    store.outbox.give_up(late, "too late")
    assert store.outbox.count() == Waiting(1, 0)


def test_a_dead_notice_is_listed_and_can_be_sent_again(store: Store) -> None:
    notice = claimed(store)
    store.outbox.give_up(notice, "no such target")
    dead = store.outbox.list(Stage.DEAD)[0]
    assert (dead.id, dead.last_error) == (notice.id, "no such target")
    moment = now()
    assert store.outbox.send_again(notice.id, moment) is not None
    again = store.outbox.claim(moment)
    assert again is not None
    assert (again.id, again.attempts) == (notice.id, 1)
    assert again.created > notice.created


def test_all_dead_notices_can_be_sent_again_at_once(store: Store) -> None:
    for _ in range(3):
        store.outbox.give_up(claimed(store), "no such target")
    store.outbox.add(new())
    assert store.outbox.send_all_again(now()) == 3
    assert store.outbox.count() == Waiting(4, 0)


def test_only_a_dead_notice_can_be_sent_again_or_discarded(store: Store) -> None:
    notice = claimed(store)
    for number in (notice.id, notice.id + 1):
        assert store.outbox.send_again(number, now()) is None
        assert store.outbox.discard(number) is None
    store.outbox.give_up(notice, "no")
    assert store.outbox.discard(notice.id) is not None
    assert store.outbox.count() == Waiting(0, 0)


def test_notices_are_listed_newest_first_and_by_page(store: Store) -> None:
    store.outbox.add(*(new(number=number) for number in range(5)))
    listed = store.outbox.list(Stage.WAITING, limit=2)
    assert [each.content["number"] for each in listed] == [4, 3]
    assert [each.content["number"] for each in store.outbox.list(Stage.WAITING, before=listed[1].id)] == [2, 1, 0]


def test_a_reason_is_kept_short(store: Store) -> None:
    store.outbox.give_up(claimed(store), "x" * 10_000)
    assert len(store.outbox.list(Stage.DEAD)[0].last_error or "") <= 300
