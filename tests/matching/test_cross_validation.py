"""Cross-validation asks a knowledge base its own questions while it does not know them."""

from dataclasses import replace

import numpy as np
import pytest

from faqbot.assistant import Assistant
from faqbot.knowledge.model import KnowledgeBase
from faqbot.matching.cross_validation import FOLDS, cross_validate, example
from faqbot.matching.index import Index, build_index
from faqbot.matching.model import Example, Weights, log_loss
from tests.matching.building import column, knowledge_of, question, section, topic

WORDS = ("thẻ", "sách", "phạt", "gia hạn", "máy in", "chỗ ngồi", "giờ mở cửa", "tủ đồ", "báo cũ", "phòng đọc")
SECTIONS = tuple(section(f"s{number}", vi=(word.capitalize(), f"Về {word}.")) for number, word in enumerate(WORDS))


@pytest.fixture(scope="module")
def examples(library: Assistant) -> list[Example]:
    return list(cross_validate(library.knowledge))


def small(sections: int, questions_each: int = FOLDS) -> KnowledgeBase:
    """Make knowledge with so many sections, and questions that have no word in common."""
    asked = [
        question(f"{chr(97 + at)}{chr(97 + number)}xyq", f"s{at}")
        for at in range(sections)
        for number in range(questions_each)
    ]
    return knowledge_of(SECTIONS[:sections], asked)


def test_most_questions_are_asked(examples: list[Example], library: Assistant) -> None:
    assert len(examples) > len(library.knowledge.questions) / 2


def test_some_have_an_answer_and_some_do_not(examples: list[Example]) -> None:
    assert {example.answerable for example in examples} == {True, False}


def test_what_is_right_is_an_owner_or_nothing(examples: list[Example]) -> None:
    for each in examples:
        owners = len(each.evidence.owners)
        assert len(each.right) == 1 if each.answerable else each.right == {*range(each.section_count, owners + 1)}


def test_no_question_is_matched_with_itself(examples: list[Example]) -> None:
    assert max(column(each.evidence, "word").max() for each in examples) < 1 - 1e-9


def test_questions_without_a_word_in_common_find_nothing() -> None:
    found = list(cross_validate(small(3)))
    assert len(found) == 3 * FOLDS
    assert not any(each.evidence.questions and len(each.evidence.questions.units) for each in found)


def test_a_question_that_stands_there_twice_finds_its_twin() -> None:
    knowledge = knowledge_of(SECTIONS[:1], [question("cần thẻ gì", "s0"), question("cần thẻ gì", "s0")])
    assert [column(each.evidence, "word").max() for each in cross_validate(knowledge)] == pytest.approx([1.0, 1.0])


def test_a_single_question_is_asked_of_knowledge_without_questions() -> None:
    (only,) = cross_validate(knowledge_of(SECTIONS[:2], [question("cần thẻ gì", "s0")]))
    assert only.right == {0}
    assert only.evidence.questions is None


def test_few_sections_are_never_hidden() -> None:
    found = list(cross_validate(small(FOLDS - 1)))
    assert all(each.answerable and each.section_count == FOLDS - 1 for each in found)


@pytest.mark.parametrize("count", [FOLDS, 2 * FOLDS])
def test_of_many_sections_some_are_hidden_and_their_questions_have_no_answer(count: int) -> None:
    found = list(cross_validate(small(count)))
    assert {each.answerable for each in found} == {True, False}
    assert {each.section_count for each in found} == {count - 1}


def test_topics_are_hidden_in_turn() -> None:
    topics = [topic(f"t{number}") for number in range(FOLDS)]
    asked = [question(f"{chr(97 + number)}xyq", f"topic:t{number}") for number in range(FOLDS)]
    found = list(cross_validate(knowledge_of(SECTIONS[:1], asked, topics)))
    assert not any(each.answerable for each in found)
    assert {len(each.evidence.owners) for each in found} == {FOLDS}


def test_follow_ups_are_not_asked() -> None:
    follow_up = question("còn thẻ thì sao", "s0", follow_up=True)
    assert list(cross_validate(knowledge_of(SECTIONS[:1], [follow_up]))) == []


def test_knowledge_without_questions_gives_no_example() -> None:
    assert list(cross_validate(knowledge_of(SECTIONS))) == []


def test_the_same_knowledge_gives_the_same_examples(examples: list[Example], library: Assistant) -> None:
    again = list(cross_validate(replace(library.knowledge)))
    assert [each.right for each in again] == [each.right for each in examples]
    for first, second in zip(examples, again, strict=True):
        assert np.array_equal(first.evidence.owners, second.evidence.owners)


@pytest.mark.parametrize(
    ("right", "rows"),
    [
        (["guide/loans"], {1}),
        (["guide/loans", "guide/fines"], {1, 3}),
        (["guide/loans", "guide/nowhere"], {1}),
        (["guide/nowhere"], {4, 5, 6}),
        ([], {4, 5, 6}),
    ],
)
def test_an_example_knows_the_rows_that_are_right(library: Assistant, right: list[str], rows: set[int]) -> None:
    index: Index = library.matcher.index
    assert example("mượn được bao lâu", right, index).right == rows


def test_a_right_section_beyond_the_candidates_of_large_knowledge_counts_as_nothing() -> None:
    sections = [section(f"s{number}", en=(f"Title{number}x", "Same text.")) for number in range(1_200)]
    index = build_index(knowledge_of(sections, []))
    found = [example(f"title{number}x", [str(sections[number].key)], index) for number in (0, 1_199)]
    lost = next(row for row in range(1_200) if row not in found[0].evidence.candidates)
    missed = example("title0x", [index.owners[lost]], index)
    assert [each.answerable for each in [*found, missed]] == [True, True, False]
    assert log_loss([*found, missed], Weights.of({})) > 0
