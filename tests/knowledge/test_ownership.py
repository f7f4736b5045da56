"""A question belongs to one section or topic, however it is written down."""

import pytest

from faqbot.errors import EditError
from faqbot.knowledge.ownership import Ownership
from tests.matching.building import question

FINE, MORE = ("en", "How much is the fine"), ("en", "what does it cost")


def ownership() -> Ownership:
    """Say that one section has a question and a prompt that carries on."""
    return Ownership([question("how much is the fine", "fines"), question("why", "fines", follow_up=True)])


def test_an_owner_gets_only_what_it_does_not_have_and_each_once() -> None:
    again = ("en", "What does it cost ")
    assert ownership().free([FINE, MORE, again], "d/fines") == [again]


@pytest.mark.parametrize("text", ["How much is the fine", " HOW MUCH IS THE FINE"])
def test_a_question_of_another_owner_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="already a question of d/fines") as caught:
        ownership().free([MORE, ("en", text)], "d/loans")
    assert (caught.value.reason, caught.value.what) == ("question_taken", text)


def test_a_prompt_that_carries_on_belongs_to_nobody() -> None:
    assert ownership().free([("en", "why")], "d/loans") == [("en", "why")]


def test_what_was_given_belongs_to_its_owner() -> None:
    owned = ownership()
    owned.give("d/loans", [MORE])
    assert owned.added == [("d/loans", *MORE)]
    assert owned.free([MORE], "d/loans") == []
    with pytest.raises(EditError):
        owned.free([MORE], "d/fines")
