"""How the bot does, over a period that ends now."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from threading import Lock

from faqbot.decision import Kind
from faqbot.language.fold import fold
from faqbot.store.column_types import now
from faqbot.store.figures import Block, Conversations, Counts, Verdicts
from faqbot.store.store import Store

PERIODS = (7, 30, 90)
"""In days, with today."""
OUTCOMES = (Kind.ANSWER, Kind.CLARIFY, Kind.DECLINE)
"""What can become of a question."""
TOP = 10
"""Entries of a list of the most frequent."""
KEPT = timedelta(minutes=1)
"""How long a report is shown again before it is counted anew."""

Gaps = Callable[[datetime], Counts]
"""Returns the questions without an answer since a moment, with their numbers, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of a day."""

    date: date
    """In the server's time zone."""
    outcomes: tuple[int, ...]
    """How many had each of ``OUTCOMES``."""


@dataclass(frozen=True, slots=True)
class Report:
    """How the bot did."""

    days: tuple[Day, ...]
    """Every day of the period, the first one first."""
    conversations: Conversations
    verdicts: Verdicts
    languages: Counts
    channels: Counts
    sections: Counts
    """That answered the most, by the text form of their keys."""
    gaps: Counts
    """That were declined the most; questions that differ only in capitals and diacritics count as one."""

    @property
    def questions(self) -> int:
        """How many there were."""
        return sum(sum(day.outcomes) for day in self.days)

    @property
    def resolved(self) -> float | None:
        """Share of the conversations that needed no person, 0 to 1; None if there were none."""
        return _share(self.conversations.resolved, self.conversations.all)

    @property
    def helpful(self) -> float | None:
        """Share of the verdicts that said helpful, 0 to 1; None if there were none."""
        return _share(self.verdicts.helpful, self.verdicts.helpful + self.verdicts.unhelpful)


def report(
    store: Store, days: int, *, moment: datetime | None = None, zone: tzinfo | None = None, gaps: Gaps | None = None
) -> Report:
    """Count a period of so many days that ends with today.

    :param moment: Now; None looks at the clock.
    :param zone: The time zone whose days are meant; None takes the server's.
    :param gaps: How gaps are found; None counts the questions that were declined.
    :raises StoreError: if the store is down.
    """
    first = (moment or now()).astimezone(zone).date() - timedelta(days=days - 1)
    since = _midnight(first, zone)
    find_gaps = gaps or (lambda begin: declined(store, begin))
    return Report(
        _days(store.figures.blocks(since), first, days, zone),
        store.figures.conversations(since),
        store.figures.verdicts(since),
        store.figures.by("language", since),
        store.figures.by("channel", since),
        store.figures.by("section", since, limit=TOP),
        find_gaps(since)[:TOP],
    )


def declined(store: Store, since: datetime) -> Counts:
    """Return the questions that were declined the most, each in its most frequent form.

    :raises StoreError: if the store is down.
    """
    numbers: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for question, number in store.figures.declined(since):
        key = " ".join(fold(question).split())
        forms.setdefault(key, question)
        numbers[key] += number
    found = sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((forms[key], number) for key, number in found)


class Reports:
    """Reports, each counted at most once a minute."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = now) -> None:
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[int, tuple[datetime, Report]] = {}

    def of(self, days: int) -> Report:
        """Return the report of a period.

        :raises StoreError: if the store is down.
        """
        with self._lock:
            moment, found = self._kept.get(days, (None, None))
            if found is None or moment is None or self._clock() - moment >= KEPT:
                found = report(self._store, days)
                self._kept[days] = self._clock(), found
            return found


def _days(blocks: Iterable[Block], first: date, days: int, zone: tzinfo | None) -> tuple[Day, ...]:
    numbers: Counter[tuple[date, str]] = Counter()
    for block in blocks:
        numbers[block.begin.astimezone(zone).date(), block.kind] += block.number
    dates = [first + timedelta(days=number) for number in range(days)]
    return tuple(Day(each, tuple(numbers[each, outcome] for outcome in OUTCOMES)) for each in dates)


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    """Return when a day begins in a time zone; None is the server's."""
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    return begin if zone else begin.astimezone()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
