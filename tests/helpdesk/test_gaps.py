"""What was asked and not answered is found, and brought together."""

from datetime import timedelta
from pathlib import Path

import pytest

from faqbot.helpdesk.gaps import Gap, Reason, find, folded, grouped, key_of, missed, open_gaps
from faqbot.knowledge.model import Topic
from faqbot.store.exchanges import Exchange, Verdict
from faqbot.store.store import Store
from tests.helpdesk.asked import NOW, asked

PARKING = Topic("parking", {"vi": "Gửi xe"}, {"vi": "Nội quy chưa nói về gửi xe."}, None)
OFFERED = ("guide/hours", "guide/loans")


def reasons(*exchanges: Exchange, helpful: bool | None = None) -> list[Reason]:
    verdicts = {}
    if helpful is not None:
        verdicts = {each.id: Verdict(each.id, NOW, helpful, None) for each in exchanges}
    return [each.reason for each in missed(exchanges, verdicts, [PARKING])]


def gaps(*exchanges: Exchange) -> tuple[Gap, ...]:
    return grouped(missed(exchanges, {}, []), NOW)


def test_what_was_declined_was_missed() -> None:
    assert reasons(asked("có máy pha cà phê không")) == [Reason.DECLINED]


@pytest.mark.parametrize(
    "exchange",
    [
        asked("mấy giờ mở", kind="answer", section="guide/hours"),
        asked("xin chào", kind="smalltalk"),
        asked("???"),
        asked("không phải mục nào"),
        asked("gửi xe đâu", reply="Nội quy chưa nói về gửi xe. Có thể bạn quan tâm:\n- Giờ"),
    ],
)
def test_what_was_answered_or_asks_nothing_was_not(exchange: Exchange) -> None:
    assert reasons(exchange) == []


def test_whoever_says_so_was_not_helped() -> None:
    answer = asked("mấy giờ mở", kind="answer", section="guide/hours")
    assert reasons(answer, helpful=False) == [Reason.UNHELPFUL]
    assert reasons(asked("có máy pha cà phê không"), helpful=True) == []


def test_asking_back_is_a_miss_unless_a_section_on_offer_was_taken() -> None:
    back = asked("sách thì sao", kind="clarify", conversation="c", offered=OFFERED)
    taken = asked("2", kind="answer", conversation="c", section="guide/loans")
    other = asked("phạt bao nhiêu", kind="answer", conversation="c", section="guide/fines")
    elsewhere = asked("mượn sách", kind="answer", conversation="d", section="guide/loans")
    assert reasons(back, taken) == []
    assert reasons(back, other, elsewhere) == reasons(taken, back) == [Reason.CLARIFIED]


def test_wordings_of_one_gap_come_together() -> None:
    rare, often = asked("Có máy pha cafe không?"), [asked("có máy pha cà phê không") for _ in range(2)]
    (gap,) = gaps(rare, *often)
    assert (gap.question, gap.count) == ("có máy pha cà phê không", 3)
    assert gap.wordings == ("có máy pha cà phê không", "Có máy pha cafe không?")
    assert gap.reasons == {Reason.DECLINED: 3}
    assert gap.examples[0].exchange.id in {each.id for each in [rare, *often]}


def test_the_trend_is_this_week_against_the_one_before() -> None:
    (gap,) = gaps(*(asked("có wifi không", days=days) for days in (0.5, 3, 6.9, 7.1, 20)))
    assert (gap.last_week, gap.week_before, gap.trend) == (3, 1, 2)
    assert gap.last == NOW - timedelta(days=0.5)


def test_the_most_frequent_gap_comes_first_and_then_the_latest() -> None:
    found = gaps(asked("có wifi không"), asked("phòng tự học ở đâu", days=3), asked("có wifi không"), asked("căng tin"))
    assert [gap.question for gap in found] == ["có wifi không", "căng tin", "phòng tự học ở đâu"]


def test_the_key_of_any_wording_finds_the_gap() -> None:
    found = gaps(asked("có máy pha cà phê không"), asked("có máy pha cafe không"), asked("có wifi không"))
    assert find(found, key_of(folded("Có máy pha CAFE không!"))) is found[0]
    assert find(found, "none") is None


def test_what_was_dealt_with_is_not_open(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'faqbot.sqlite3'}")
    store.exchanges.keep([asked("có wifi không"), asked("phòng tự học ở đâu"), asked("cổ xưa", days=91)])
    store.settled_gaps.settle([folded("Có WIFI không")], author="mai", edit=None)
    assert [gap.question for gap in open_gaps(store, [], NOW)] == ["phòng tự học ở đâu"]
    store.settled_gaps.reopen([folded("có wifi không")])
    assert len(open_gaps(store, [], NOW)) == 2
    store.close()
