"""Made-up knowledge has the size that was asked for, and is the same each time."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.bench.synthetic import synthetic_knowledge, synthetic_set
from faqbot.matching.calibration import DEFAULT
from faqbot.matching.index import build_index
from faqbot.matching.matcher import Matcher


@given(st.integers(20, 300))
@settings(max_examples=20)
def test_there_are_as_many_questions_as_asked_for(count: int) -> None:
    assert len(synthetic_knowledge(count).questions) == count


def test_each_section_has_twenty_questions_of_twelve_words() -> None:
    knowledge = synthetic_knowledge(60)
    owned = Counter(question.owner for question in knowledge.questions)
    assert owned == {str(section.key): 20 for section in knowledge.sections}
    assert {len(question.text.split()) for question in knowledge.questions} == {12}


def test_the_seed_alone_decides_what_is_made_up() -> None:
    assert synthetic_knowledge(40, 7) == synthetic_knowledge(40, 7)
    assert synthetic_knowledge(40, 7) != synthetic_knowledge(40, 8)


def test_words_are_unevenly_frequent() -> None:
    used = Counter(word for question in synthetic_knowledge(400).questions for word in question.text.split())
    (_, often), *_ = used.most_common(1)
    assert often > 20 * sorted(used.values())[len(used) // 2]


def test_a_section_has_words_of_its_own() -> None:
    knowledge = synthetic_knowledge(40)
    texts = {str(section.key): set(section.texts["vi"].text.split()) for section in knowledge.sections}
    assert all(len(texts[question.owner] & set(question.text.split())) >= 4 for question in knowledge.questions)


@pytest.mark.parametrize(("asked", "questions"), [(5, 5), (1000, 40)])
def test_a_set_asks_no_more_than_there_is(asked: int, questions: int) -> None:
    made_up = synthetic_set(40, asked)
    assert len(made_up.questions) == questions
    assert made_up == synthetic_set(40, asked)


def test_what_is_asked_is_a_stored_question_with_a_quarter_missing() -> None:
    made_up = synthetic_set(40, 3)
    stored = [(Counter(question.text.split()), question.owner) for question in made_up.knowledge.questions]
    for text, accepted in made_up.questions:
        words = Counter(text.split())
        assert words.total() == 9
        assert any(words <= whole and accepted == {owner} for whole, owner in stored)


def test_a_set_is_named_by_its_size() -> None:
    assert synthetic_set(1000, 1).name == "1,000"


def test_our_matcher_finds_made_up_sections() -> None:
    made_up = synthetic_set(60, 10)
    index = build_index(made_up.knowledge)
    matcher = Matcher(made_up.knowledge, index, DEFAULT)
    found = [str(matcher.rank(index.reader.read(text)).matches[0].section.key) for text, _ in made_up.questions]
    assert all(section in accepted for section, (_, accepted) in zip(found, made_up.questions, strict=True))
