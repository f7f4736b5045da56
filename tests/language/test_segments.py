"""A message is cut into its sentences, and between two questions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.segments import asks, segments


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("KVM cần bao nhiêu RAM?", ["KVM cần bao nhiêu RAM?"]),
        ("RAM bao nhiêu, và có chạy Windows không?", ["RAM bao nhiêu", "có chạy Windows không?"]),
        ("ram bn va co chay windows ko", ["ram bn", "co chay windows ko"]),
        ("Có chạy Windows và Linux không?", ["Có chạy Windows và Linux không?"]),
        ("what are the RAM and CPU needs", ["what are the RAM and CPU needs"]),
        ("how much RAM and how much disk do I need?", ["how much RAM", "how much disk do I need?"]),
        ("Chào anh. Máy em cũ rồi.\nCó cài được không ạ?", ["Chào anh.", "Máy em cũ rồi.", "Có cài được không ạ?"]),
    ],
)
def test_a_message_is_cut_where_a_new_question_begins(message: str, parts: list[str]) -> None:
    assert [segment.text for segment in segments(message)] == parts


@pytest.mark.parametrize("text", ["được mấy cuốn", "mo cua luc nao", "co may in ko", "is it free", "RAM?"])
def test_a_question_is_known_by_its_words_or_its_mark(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["Em chào anh.", "Máy em là Dell cũ", "my server is old", ""])
def test_a_statement_asks_nothing(text: str) -> None:
    assert not asks(text)


def test_of_many_sentences_those_that_ask_are_kept() -> None:
    found = segments("Máy em cũ. " * 20 + "Có cài được không? " * 15)
    assert len(found) == 12
    assert all(segment.asks for segment in found)


def test_of_many_statements_the_first_are_kept() -> None:
    assert len(segments("Máy em cũ. " * 20)) == 12


@given(st.text())
def test_no_text_is_refused_and_no_part_is_blank(text: str) -> None:
    assert all(segment.text for segment in segments(text))


@pytest.mark.parametrize("text", ["what and " * 2_200, "a, " * 6_500, "what " + "a, " * 6_500, "a, " * 6_500 + "what"])
def test_a_very_long_sentence_is_cut_in_no_time(text: str) -> None:
    began = time.process_time()
    assert len(segments(text)) <= 12
    assert time.process_time() - began < 2
