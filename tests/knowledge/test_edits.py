"""Edits are kept as JSON, and what is read from it is checked."""

import json
from typing import Any

import pytest

from faqbot.errors import EditError
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, content_of, edit_of
from faqbot.knowledge.model import SectionKey
from tests.knowledge.editing import GOOD, LOCKERS, ROOMS

QUESTIONS = {"document": "guide", "section": "hours", "questions": [["vi", "mấy giờ"]], "answer": {}}


@pytest.mark.parametrize("edit", GOOD)
def test_an_edit_comes_back_as_it_was_kept(edit: KnowledgeEdit) -> None:
    assert edit_of(edit.kind, json.loads(json.dumps(content_of(edit)))) == edit


def test_white_space_and_repeated_questions_are_tidied_up() -> None:
    content = {**QUESTIONS, "questions": [["vi", " mấy \n giờ "], ["vi", "mấy giờ"], ["en", " "]]}
    assert edit_of("questions", content) == MoreQuestions(SectionKey("guide", "hours"), (("vi", "mấy giờ"),))


def test_the_lines_of_a_section_stay_lines() -> None:
    content = content_of(ROOMS) | {"bodies": {"vi": "\n- a\r\n  - b\u0007  \n", "en": "```\nx   y\n```"}}
    bodies = content_of(edit_of("section", content))["bodies"]
    assert bodies == {"vi": "- a\n  - b", "en": "```\nx   y\n```"}


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("poem", {}, "malformed"),
        ("questions", {}, "malformed"),
        ("questions", {**QUESTIONS, "section": " "}, "malformed"),
        ("questions", {**QUESTIONS, "section": 7}, "malformed"),
        ("questions", {**QUESTIONS, "answer": ["x"]}, "malformed"),
        ("questions", {**QUESTIONS, "answer": {"fr": "x"}}, "malformed"),
        ("questions", {**QUESTIONS, "questions": "mấy giờ"}, "malformed"),
        ("questions", {**QUESTIONS, "questions": [["vi"]]}, "malformed"),
        ("questions", {**QUESTIONS, "questions": [["fr", "x"]]}, "malformed"),
        ("questions", {**QUESTIONS, "questions": []}, "no_question"),
        ("questions", {**QUESTIONS, "questions": [["vi", "  "]]}, "no_question"),
        ("section", content_of(ROOMS) | {"titles": {"vi": "Phòng"}}, "no_text"),
        ("section", content_of(ROOMS) | {"titles": {}, "bodies": {}}, "no_text"),
        ("topic", content_of(LOCKERS) | {"replies": {"vi": "Chưa có."}}, "both_languages"),
        ("topic", content_of(LOCKERS) | {"titles": {"vi": "Tủ", "en": " "}}, "both_languages"),
    ],
)
def test_what_cannot_be_an_edit_is_refused(kind: str, content: dict[str, Any], reason: str) -> None:
    with pytest.raises(EditError) as caught:
        edit_of(kind, content)
    assert caught.value.reason == reason
