"""A question that is answered otherwise is for the better, for the worse, or neither."""

import pytest

from faqbot.decision import Kind
from faqbot.helpdesk.difference import difference, worst_first
from faqbot.helpdesk.shown import Shown
from faqbot.knowledge.model import StoredQuestion

LOANS = Shown(Kind.ANSWER, "guide/loans", "Loans", None)
HOURS = Shown(Kind.ANSWER, "guide/hours", "Hours", None)
OFFERED = Shown(Kind.CLARIFY, "guide/loans", "Loans / Hours", None)
DECLINED = Shown(Kind.DECLINE, None, "Printing is not covered.", None)


def asked(owner: str) -> StoredQuestion:
    return StoredQuestion("how long", "en", owner)


@pytest.mark.parametrize(
    ("owner", "before", "after", "verdict"),
    [
        ("guide/loans", HOURS, LOANS, 1),
        ("guide/loans", LOANS, OFFERED, -1),
        ("guide/loans", HOURS, DECLINED, 0),
        ("topic:printing", DECLINED, LOANS, -1),
        ("topic:printing", LOANS, DECLINED, 1),
    ],
)
def test_a_question_is_right_where_its_owner_replies(owner: str, before: Shown, after: Shown, verdict: int) -> None:
    assert difference(asked(owner), before, after).verdict == verdict


def test_what_becomes_wrong_comes_first() -> None:
    better, worse = (difference(asked("guide/loans"), *each) for each in ((HOURS, LOANS), (LOANS, HOURS)))
    assert worst_first([better, worse]) == (worse, better)
