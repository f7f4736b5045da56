"""Stored questions for what is typed so far."""

import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.bench.synthetic import synthetic_knowledge
from faqbot.language.fold import fold
from faqbot.matching.suggest import LONGEST_TYPED, MOST_SUGGESTIONS, Suggester
from tests.matching.building import knowledge_of, question, section, topic

LONGEST_WAIT = 0.005
"""Seconds; the median at 12,000 questions was 0.0005 on two shared cores."""
SECTIONS = [section("ram", en="Memory"), section("disk", en="Disk"), section("os", en="Systems")]


def suggester(*questions: tuple[str, str]) -> Suggester:
    return Suggester(knowledge_of(SECTIONS, [question(text, owner) for text, owner in questions], [topic("cost")]))


def texts(found: Suggester | Assistant, typed: str, language: str | None = None) -> list[str]:
    return [each.text for each in found.suggest(typed, language)]


def test_a_beginning_is_completed() -> None:
    found = suggester(("how much memory", "ram"), ("how big a disk", "disk"), ("which systems", "os"))
    assert texts(found, "how mu") == ["how much memory"]


@pytest.mark.parametrize("typed", ["bao nhiêu bộ nhớ", "bao nhieu bo nho", "BAO NHIÊU BỘ NH", "bao nhieeu booj nhows"])
def test_diacritics_capitals_and_raw_keystrokes_make_no_difference(typed: str) -> None:
    found = suggester(("cần bao nhiêu bộ nhớ", "ram"), ("ổ đĩa lớn cỡ nào", "disk"))
    assert texts(found, typed) == ["cần bao nhiêu bộ nhớ"]


@pytest.mark.parametrize("typed", ["memmory needed", "how much memroy", "memory neded"])
def test_a_mistyped_word_is_understood(typed: str) -> None:
    assert texts(suggester(("how much memory is needed", "ram"), ("how big a disk", "disk")), typed)[0].startswith(
        "how m"
    )


def test_the_words_may_stand_anywhere_and_in_any_order() -> None:
    assert texts(suggester(("is a large disk needed", "disk"), ("memory", "ram")), "needed disk") == [
        "is a large disk needed"
    ]


def test_what_nothing_stored_resembles_gets_no_suggestion() -> None:
    assert texts(suggester(("how much memory", "ram")), "zzzz qqqq") == []


def test_a_question_that_begins_with_what_is_typed_comes_first() -> None:
    found = suggester(("so which disk", "disk"), ("which disk", "disk"))
    assert texts(found, "which d")[0] == "which disk"


def test_different_sections_come_before_several_questions_of_one() -> None:
    found = suggester(("which disk", "disk"), ("which disks", "disk"), ("which memory", "ram"), ("which systems", "os"))
    assert [each.key.section for each in found.suggest("which")][:3] == ["disk", "ram", "os"]


def test_questions_that_differ_in_diacritics_only_are_one_with_them() -> None:
    found = suggester(
        ("can bao nhieu o cung", "disk"), ("cần bao nhiêu ổ cứng", "disk"), ("Cần bao nhiêu ổ cứng?", "disk")
    )
    assert texts(found, "can bao nhieu") == ["cần bao nhiêu ổ cứng"]


def test_the_language_asked_for_comes_first(library: Assistant) -> None:
    assert {each.language for each in library.suggest("", "en")} == {"en"}
    assert library.suggest("m", "vi")[0].language == "vi"
    assert library.suggest("m", "en")[0].language == "en"


def test_topics_that_are_not_covered_and_follow_ups_are_not_suggested() -> None:
    questions = [question("what does it cost", "topic:cost"), question("and the cost of disks", "disk", follow_up=True)]
    assert texts(Suggester(knowledge_of(SECTIONS, questions, [topic("cost")])), "cost") == []


def test_nothing_typed_gives_questions_to_start_with_of_different_sections(library: Assistant) -> None:
    found = library.suggest(" ?", "en")
    assert [each.key.section for each in found] == ["hours", "loans", "renewal", "fines"]
    assert found[0].text == "are you open on Sunday"


def test_knowledge_without_questions_suggests_nothing() -> None:
    assert [texts(suggester(), typed) for typed in ("", "a", "memory")] == [[], [], []]


def test_of_a_very_long_text_only_the_beginning_counts() -> None:
    found = suggester(("how much memory", "ram"))
    assert texts(found, "memory " * 1000) == texts(found, ("memory " * 1000)[:LONGEST_TYPED])


@given(typed=st.text(st.characters(exclude_categories=())), language=st.sampled_from([None, "vi", "en"]))
def test_any_text_gets_at_most_five_different_stored_questions(
    library: Assistant, typed: str, language: str | None
) -> None:
    found = texts(library, typed, language)
    stored = {each.text for each in library.knowledge.questions}
    assert len(found) <= MOST_SUGGESTIONS
    assert len(set(found)) == len(found)
    assert set(found) <= stored


def test_every_stored_question_is_suggested_once_it_is_typed_whole(library: Assistant) -> None:
    for stored in library.knowledge.questions:
        if not stored.follow_up and not stored.owner.startswith("topic:"):
            assert fold(stored.text) in [fold(text) for text in texts(library, fold(stored.text), stored.language)]


@pytest.mark.timing
def test_twelve_thousand_questions_do_not_keep_anybody_waiting() -> None:
    knowledge = synthetic_knowledge(12_000)
    found = Suggester(knowledge)
    taken: list[float] = []
    for stored in knowledge.questions[::120]:
        begun = time.perf_counter()
        assert found.suggest(stored.text[:20], "vi")
        taken.append(time.perf_counter() - begun)
    assert statistics.median(taken) < LONGEST_WAIT
