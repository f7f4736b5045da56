"""Each lane sees the same words in its own way."""

from faqbot.knowledge.model import Concept
from faqbot.language.token import tokens
from faqbot.matching.lanes import LANES, LaneReader, pairs

READER = LaneReader([Concept("memory", ("bộ nhớ", "memory")), Concept("disk", ("ổ đĩa", "disk"))])


def test_every_lane_is_read() -> None:
    assert tuple(READER.read(tokens("bộ nhớ"))) == LANES


def test_words_lose_their_diacritics_but_the_accented_lane_keeps_them() -> None:
    read = READER.read(tokens("bộ nhớ"))
    assert read["word"] == ["bo", "nho"]
    assert read["pair"] == ["bo nho"]
    assert len(read["accented"]) == 3


def test_a_message_without_diacritics_leaves_the_accented_lane_empty() -> None:
    assert READER.read(tokens("bo nho"))["accented"] == []


def test_a_concept_is_the_same_in_both_languages() -> None:
    assert (
        READER.concepts(tokens("bộ nhớ và ổ đĩa")) == READER.concepts(tokens("memory and disk")) == ["memory", "disk"]
    )


def test_a_concept_is_found_without_diacritics() -> None:
    assert READER.concepts(tokens("bo nho")) == ["memory"]


def test_a_word_with_other_diacritics_is_another_word() -> None:
    assert READER.concepts(tokens("bò nhỏ")) == []


def test_pairs_are_neighbours() -> None:
    assert pairs(["a", "b", "c"]) == ["a b", "b c"]
    assert pairs(["a"]) == []
