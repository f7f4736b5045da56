"""The sections for a ticket, and the draft of a reply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.helpdesk.draft import MOST_SECTIONS, UNLIKELY, draft, proposals, ready_draft
from faqbot.knowledge.model import SectionKey

LETTERS = {
    "vi": """Kính gửi bộ phận IT,

Em là Lan bên phòng Kế toán, số máy lẻ 214.
Hôm qua em có nhờ anh Tuấn cài giúp phần mềm hóa đơn mà máy cứ treo mãi.
{question}
Sếp em đang cần gấp trước thứ Sáu. Em cảm ơn anh chị nhiều ạ.

Trân trọng,
Nguyễn Thị Lan
Phòng Kế toán | ĐT: 0912 345 678
--
Công ty ABC
> Chào Lan
""",
    "en": """Dear IT team,

this is Anna from accounting, ext. 214.
Yesterday Tom helped me install the invoice software and my laptop kept freezing.
{question}
My boss needs this before Friday, so I would be grateful for a quick answer.

Kind regards,
Anna Smith
Accounting | Phone +84 912 345 678
> Hi Anna
""",
}


def test_the_three_best_sections_are_named_in_order(library: Assistant) -> None:
    found = proposals(library, "", "How long may I keep a book?", "en")
    assert found[0].section.key == SectionKey("guide", "loans")
    assert len(found) == MOST_SECTIONS
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)


def test_the_subject_alone_is_enough(library: Assistant) -> None:
    assert proposals(library, "Is the library open on Sundays?", "", "en")[0].section.key.section == "hours"


def test_a_sentence_that_asks_counts_more_than_the_story_around_it(library: Assistant) -> None:
    story = "My son borrowed a book and lost his card. " * 40
    found = proposals(library, "Books", f"{story}\nIs the library open on Sundays? {story}", "en")
    assert found[0].section.key.section == "hours"


@pytest.mark.parametrize(("subject", "body"), [("", ""), (" ", "\n")])
def test_of_nothing_comes_nothing(library: Assistant, subject: str, body: str) -> None:
    assert proposals(library, subject, body, "en") == ()


def test_a_draft_greets_quotes_and_closes(library: Assistant) -> None:
    best = proposals(library, "", "How long may I keep a book?", "en")[0]
    text = draft(best, "en", " An\n Nguyen ")
    assert text.split("\n\n")[0] == "Hello An Nguyen,"
    assert best.passage == "The loan period is 14 days."
    assert best.passage in text
    assert f"{best.title}\n{best.text}" in text
    assert text.endswith("just reply to this message.")


def test_a_draft_is_in_the_requesters_language(library: Assistant) -> None:
    best = proposals(library, "", "How long may I keep a book?", "vi")[0]
    assert draft(best, "vi").startswith("Chào bạn,\n\nVề điều bạn hỏi")


def test_a_section_of_another_language_says_so(library: Assistant) -> None:
    found = {str(each.section.key): each for each in proposals(library, "", "gia hạn sách", "en")}
    assert all(bool(each.notice) == ("en" not in each.section.texts) for each in found.values())


def test_where_nothing_is_likely_nothing_is_quoted(library: Assistant) -> None:
    found = proposals(library, "", "The printer on the third floor is broken", "en")
    assert found[0].confidence < UNLIKELY
    assert "does not say enough" in ready_draft(found, "en")
    assert ready_draft((), "vi", "Lan").startswith("Chào Lan,")


@pytest.fixture(scope="module")
def letters(kvm: Assistant) -> list[tuple[frozenset[str], list[str], float]]:
    """For every fourth question of a writer, inside of a letter: accepted and found sections, highest confidence."""
    cases = kvm.knowledge.cases[::4]
    rows = []
    for case in cases:
        letter = LETTERS["en" if case.language == "en" else "vi"].format(question=case.text)
        found = proposals(kvm, "Cần hỗ trợ gấp", letter, "vi")
        rows.append((frozenset(case.expected), [each.section.key.section for each in found], found[0].confidence))
    return rows


def test_a_question_is_found_inside_of_a_letter(letters: list[tuple[frozenset[str], list[str], float]]) -> None:
    asked = [(expected, found) for expected, found, _ in letters if expected]
    assert sum(found[0] in expected for expected, found in asked) / len(asked) >= 0.9
    assert sum(bool(expected & set(found)) for expected, found in asked) / len(asked) >= 0.95


def test_a_letter_about_something_else_is_seldom_answered(
    letters: list[tuple[frozenset[str], list[str], float]],
) -> None:
    others = [confidence for expected, _, confidence in letters if not expected]
    assert sum(confidence < UNLIKELY for confidence in others) / len(others) >= 0.85


@given(st.text(max_size=3_000), st.text(max_size=6_000))
def test_any_ticket_has_a_draft(library: Assistant, subject: str, body: str) -> None:
    found = proposals(library, subject, body, "vi")
    assert len(found) <= MOST_SECTIONS
    assert all(0 <= each.confidence <= 1 for each in found)
    assert ready_draft(found, "vi", subject)
