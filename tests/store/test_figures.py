"""Sums of the database are those that a slow and obvious count gives."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from faqbot.store.column_types import now
from faqbot.store.exchanges import Exchange, Verdict
from faqbot.store.figures import BLOCK, Conversations, Verdicts
from faqbot.store.store import Store
from tests.store.making import exchange, ticket

MISSED = ("clarify", "decline")
NOW = now()


def some(number: int, since: datetime) -> list[Exchange]:
    """Return exchanges of many kinds, a fifth of them older than that moment."""
    chance = random.Random(number)
    kinds = ("answer", "answer", "clarify", "decline", "smalltalk")
    return [
        exchange(
            f"e{each}",
            conversation=f"talk {chance.randrange(number // 3 + 1)}",
            at=since + timedelta(minutes=chance.randrange(-1_000, 4_000), microseconds=each),
            kind=(kind := chance.choice(kinds)),
            section=chance.choice(("guide/hours", "guide/loans")) if kind == "answer" else None,
            language=chance.choice(("vi", "en")),
            channel=chance.choice(("web", "page", "slack")),
            question=chance.choice(("phòng họp", "Phòng họp", "bãi xe")),
        )
        for each in range(number)
    ]


def counted(values: Sequence[str | None]) -> tuple[tuple[str, int], ...]:
    found = Counter(value for value in values if value is not None)
    return tuple(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def well_ended(found: Sequence[Exchange], handed: set[str]) -> Conversations:
    talks: dict[str, list[Exchange]] = defaultdict(list)
    for each in sorted(found, key=lambda each: each.at):
        if each.kind != "smalltalk":
            talks[each.conversation].append(each)
    resolved = [name for name, asked in talks.items() if asked[-1].kind == "answer" and name not in handed]
    return Conversations(len(talks), len(resolved))


@pytest.mark.parametrize("number", [0, 1, 40, 400])
def test_every_sum_is_that_of_a_slow_count(store: Store, number: int) -> None:
    since = NOW - timedelta(days=3)
    made = some(number, since)
    store.exchanges.keep(made)
    handed = {each.conversation for each in made[: number // 10]}
    for name in handed:
        ticket(store, conversation=name)
        ticket(store, conversation=name)
    ticket(store, conversation=None)
    found, figures = [each for each in made if each.at >= since], store.figures
    assert figures.by("language", since) == counted([each.language for each in found])
    assert figures.by("channel", since) == counted([each.channel for each in found])
    assert figures.by("section", since) == counted([each.section for each in found])
    assert dict(figures.declined(since)) == dict(counted([each.question for each in found if each.kind == "decline"]))
    assert figures.conversations(since) == well_ended(found, handed)
    blocks = figures.blocks(since)
    assert sum(block.number for block in blocks) == len(found)
    kinds: Counter[str] = Counter()
    for block in blocks:
        kinds[block.kind] += block.number
        assert any(block.begin <= each.at < block.begin + BLOCK and each.kind == block.kind for each in found)
    assert kinds == Counter(each.kind for each in found)


def test_verdicts_are_counted(store: Store) -> None:
    store.exchanges.keep([exchange(name) for name in "abc"])
    for name, helpful in (("a", True), ("b", False), ("c", True), ("b", True)):
        store.feedback.give(Verdict(name, now(), helpful, None))
    assert store.figures.verdicts(NOW - timedelta(days=1)) == Verdicts(3, 0)
    assert store.figures.verdicts(now()) == Verdicts(0, 0)


def test_a_list_of_the_most_frequent_ends_where_it_is_told_to(store: Store) -> None:
    store.exchanges.keep([exchange(str(each), section=f"guide/{each % 7}") for each in range(30)])
    assert [name for name, _ in store.figures.by("section", NOW - timedelta(days=1), limit=2)] == ["guide/0", "guide/1"]
