"""One message may ask several questions, each of which is answered by itself."""

import pytest

from faqbot.assistant import Assistant
from faqbot.assistant.several_questions import MOST_ANSWERS, SeveralQuestions
from faqbot.decision import decide
from faqbot.matching.calibration import DEFAULT, Thresholds

LOANS_AND_FINES = "How long can I keep a book? What is the fine for a late book?"
FOUR = "thư viện mở cửa lúc mấy giờ? mượn được mấy cuốn? trả muộn phạt bao nhiêu? gia hạn được mấy lần?"
NEVER = Thresholds(answer=1.0, clarify=1.0)


def answered(
    library: Assistant, text: str, thresholds: Thresholds = DEFAULT.thresholds, *, public_only: bool = False
) -> list[str]:
    """Return the ids of the sections to answer with."""
    ranking = library.search(text)
    several = SeveralQuestions(library.matcher, thresholds)
    rankings = several.answered(ranking, decide(ranking, thresholds), public_only=public_only)
    return [each.matches[0].section.key.section for each in rankings]


def test_each_question_is_answered_in_the_order_of_the_message(library: Assistant) -> None:
    assert answered(library, LOANS_AND_FINES) == ["loans", "fines"]


def test_a_message_gets_only_so_many_answers(library: Assistant) -> None:
    assert answered(library, FOUR) == ["hours", "loans", "fines"]
    assert MOST_ANSWERS == 3


def test_two_questions_about_one_section_are_one(library: Assistant) -> None:
    assert answered(library, "mấy giờ thư viện mở cửa? thư viện đóng cửa lúc nào?") == ["hours"]


@pytest.mark.parametrize("text", ["how much is the fine", "are you open on Sunday"])
def test_a_stored_question_is_never_cut(library: Assistant, text: str) -> None:
    ranking = library.search(text)
    several = SeveralQuestions(library.matcher, DEFAULT.thresholds)
    assert ranking.exact
    assert several.answered(ranking, decide(ranking, DEFAULT.thresholds), public_only=False) == [ranking]


def test_nothing_is_answered_where_no_part_is_sure_enough(library: Assistant) -> None:
    assert answered(library, FOUR, NEVER) == []


def test_a_question_about_an_inner_section_counts_for_nobody_from_outside(library: Assistant) -> None:
    assert answered(library, FOUR, public_only=True) == ["hours"]
