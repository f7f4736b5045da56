"""What people asked and got no answer to, brought together."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from faqbot.decision import Kind
from faqbot.helpdesk.grouping import groups
from faqbot.knowledge.model import Topic
from faqbot.language.fold import fold
from faqbot.language.pack import language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.token import tokens
from faqbot.store.exchanges import Exchange, Verdict
from faqbot.store.store import Store

DAYS = 90
"""How far back gaps are looked for."""
WEEK = timedelta(days=7)
MOST_EXAMPLES = 8
_WORD = re.compile(r"\w+")
_KEY_LENGTH = 12


class Reason(StrEnum):
    """Why a reply did not help."""

    UNHELPFUL = "unhelpful"
    """The person said so."""
    DECLINED = "declined"
    """Nothing was known, and no reply had been written for it."""
    CLARIFIED = "clarified"
    """It asked back, and the conversation did not come to a section that it had offered."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question without an answer that helped."""

    exchange: Exchange
    reason: Reason


@dataclass(frozen=True, slots=True)
class Gap:
    """Missed questions that say about the same."""

    key: str
    """Names it in addresses; that of any of its questions finds it."""
    question: str
    """The wording that came most often; of several, the first in the alphabet."""
    language: str
    """Of the replies to that wording."""
    wordings: tuple[str, ...]
    """All wordings, the most frequent first."""
    folded: frozenset[str]
    """Those without diacritics, capitals and punctuation."""
    reasons: Mapping[Reason, int]
    """How often for which reason."""
    last_week: int
    """Times in the last seven days."""
    week_before: int
    """Times in the seven days before."""
    last: datetime
    examples: tuple[Missed, ...]
    """The newest first."""

    @property
    def count(self) -> int:
        """How often it was asked."""
        return sum(self.reasons.values())

    @property
    def trend(self) -> int:
        """By how much it grew in a week."""
        return self.last_week - self.week_before


def open_gaps(store: Store, topics: Iterable[Topic], now: datetime) -> tuple[Gap, ...]:
    """Return the gaps that nobody has dealt with, the most frequent first.

    :raises StoreError: if the store is down.
    """
    settled = store.settled_gaps.all()
    found = [each for each in all_missed(store, topics, now) if folded(each.exchange.question) not in settled]
    return grouped(found, now)


def all_missed(store: Store, topics: Iterable[Topic], now: datetime) -> list[Missed]:
    """Return all questions of the last ninety days that were missed, the oldest first.

    :raises StoreError: if the store is down.
    """
    since = now - timedelta(days=DAYS)
    return missed(store.exchanges.since(since), store.feedback.since(since), topics)


def missed(exchanges: Sequence[Exchange], verdicts: Mapping[str, Verdict], topics: Iterable[Topic]) -> list[Missed]:
    """Pick the questions that were missed, in their order.

    What a topic that is not covered gave its own reply to was not missed, unless somebody found it unhelpful.
    """
    written = _Beginnings(reply for topic in topics for reply in topic.replies.values())
    none = PhraseTable.of(phrase for pack in language_packs() for phrase in pack.none_of_these)
    taken = _taken(exchanges)
    found = []
    for each in exchanges:
        verdict = verdicts.get(each.id)
        if verdict is not None and verdict.helpful:
            continue
        reason = Reason.UNHELPFUL if verdict else _reason(each, taken, written)
        asks = folded(each.question) and none.whole(tokens(each.question)) is None
        if reason and asks:
            found.append(Missed(each, reason))
    return found


def grouped(found: Sequence[Missed], now: datetime) -> tuple[Gap, ...]:
    """Bring missed questions together, the most frequent first; of equally frequent ones the latest."""
    by_text: dict[str, list[Missed]] = {}
    for each in found:
        by_text.setdefault(folded(each.exchange.question), []).append(each)
    counts = {text: len(members) for text, members in by_text.items()}
    gaps = [_gap([each for text in texts for each in by_text[text]], now) for texts in groups(counts)]
    return tuple(sorted(gaps, key=lambda gap: (-gap.count, -gap.last.timestamp(), gap.key)))


def find(gaps: Iterable[Gap], key: str) -> Gap | None:
    """Return the gap that a key names; None if there is none."""
    return next((gap for gap in gaps if key in map(key_of, gap.folded)), None)


def folded(question: str) -> str:
    """Return the words of a question without diacritics, capitals and punctuation; "" if it has none."""
    return " ".join(_WORD.findall(fold(question)))


def key_of(text: str) -> str:
    """Return what names a folded question in addresses."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_LENGTH]


class _Beginnings:
    """Tells whether a text begins with one of many."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for text in texts:
            self._by_start.setdefault(text[:10], []).append(text)

    def opens(self, text: str) -> bool:
        return any(text.startswith(each) for each in self._by_start.get(text[:10], ()))


def _taken(exchanges: Sequence[Exchange]) -> set[str]:
    """Return the ids of exchanges that asked back and led to a section on offer later in the conversation."""
    waiting: dict[str, list[Exchange]] = {}
    taken: set[str] = set()
    for each in exchanges:
        if each.kind == Kind.CLARIFY:
            waiting.setdefault(each.conversation, []).append(each)
        elif each.kind == Kind.ANSWER:
            taken.update(before.id for before in waiting.get(each.conversation, ()) if each.section in before.offered)
    return taken


def _reason(exchange: Exchange, taken: set[str], written: _Beginnings) -> Reason | None:
    if exchange.kind == Kind.DECLINE and not written.opens(exchange.reply):
        return Reason.DECLINED
    if exchange.kind == Kind.CLARIFY and exchange.id not in taken:
        return Reason.CLARIFIED
    return None


def _gap(members: Sequence[Missed], now: datetime) -> Gap:
    newest = sorted(members, key=lambda each: (-each.exchange.at.timestamp(), each.exchange.id))
    wordings = Counter(each.exchange.question.strip() for each in members)
    ordered = sorted(wordings, key=lambda wording: (-wordings[wording], wording))
    ages = [now - each.exchange.at for each in members]
    return Gap(
        key=key_of(folded(ordered[0])),
        question=ordered[0],
        language=next(each.exchange.language for each in newest if each.exchange.question.strip() == ordered[0]),
        wordings=tuple(ordered),
        folded=frozenset(folded(wording) for wording in ordered),
        reasons=Counter(each.reason for each in members),
        last_week=sum(age < WEEK for age in ages),
        week_before=sum(WEEK <= age < 2 * WEEK for age in ages),
        last=newest[0].exchange.at,
        examples=tuple(newest[:MOST_EXAMPLES]),
    )
