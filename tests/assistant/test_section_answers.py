"""Sections are answered with in one language, and lead on to those related to them."""

import pytest

from faqbot.assistant import Assistant
from faqbot.assistant.section_answers import SectionAnswers
from faqbot.knowledge.model import SectionKey

HOURS, LOANS, RENEWAL, FINES = (SectionKey("guide", name) for name in ("hours", "loans", "renewal", "fines"))


@pytest.fixture
def answers(library: Assistant) -> SectionAnswers:
    return SectionAnswers(library.knowledge, library.matcher.index)


def test_the_best_section_of_a_ranking_is_quoted_with_its_passage(library: Assistant, answers: SectionAnswers) -> None:
    ranking = library.search("how long may I keep the book?")
    reply = answers.best_of([ranking], "en", public_only=False)
    assert (reply.section, reply.passage) == (LOANS, "The loan period is 14 days.")
    assert reply.confidence == ranking.matches[0].confidence


def test_several_sections_are_quoted_in_the_order_of_their_rankings(
    library: Assistant, answers: SectionAnswers
) -> None:
    rankings = [library.search(text) for text in ("overdue fee", "renew a book")]
    reply = answers.best_of(rankings, "en", public_only=False)
    assert [reply.section, *(each.key for each in reply.suggestions if each.confidence)] == [FINES, RENEWAL]


@pytest.mark.parametrize(("public_only", "related"), [(False, [LOANS]), (True, [])])
def test_related_sections_are_offered_to_those_who_may_read_them(
    library: Assistant, answers: SectionAnswers, public_only: bool, related: list[SectionKey]
) -> None:
    reply = answers.chosen(library.knowledge.by_key[HOURS], "en", public_only=public_only)
    assert [each.key for each in reply.suggestions] == related


@pytest.mark.parametrize(("passage", "marked"), [("Chủ nhật thư viện nghỉ.", True), ("Bring a cake.", False)])
def test_a_chosen_section_is_sure_and_marks_only_what_it_says(
    library: Assistant, answers: SectionAnswers, passage: str, marked: bool
) -> None:
    reply = answers.chosen(library.knowledge.by_key[HOURS], "vi", passage, public_only=False)
    assert (reply.confidence, reply.passage, "<mark>" in reply.html) == (1.0, passage if marked else None, marked)
