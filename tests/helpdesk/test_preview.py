"""Before an edit is made, it is clear what it changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import EditError, StoreDownError
from faqbot.helpdesk.preview import Preview
from faqbot.helpdesk.previewer import Previewer
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions
from faqbot.knowledge.model import SectionKey
from faqbot.knowledge.overlay import load_overlaid
from faqbot.live import LiveAssistant
from tests.knowledge.editing import LOANS, LOCKERS, ROOMS, Kept, kept

CASES = """\
{"q": "đặt phòng nhóm bằng cách nào", "lang": "vi", "expect": []}
{"q": "mượn được bao lâu vậy", "lang": "vi", "expect": ["loans"]}
"""
BORROWED = MoreQuestions(LOANS, (("vi", "đặt phòng nhóm bằng cách nào"),))
"""An edit that is wrong: a question about rooms."""


class Edits:
    """A source of edits that never change."""

    def __init__(self, *edits: KnowledgeEdit) -> None:
        self._kept = kept(*edits)

    def revision(self) -> str:
        return "1"

    def in_force(self) -> list[Kept]:
        return self._kept


@pytest.fixture
def folder(library_folder: Path) -> Path:
    (library_folder / "guide" / "cases.jsonl").write_text(CASES, "utf-8")
    return library_folder


def preview(folder: Path, edit: KnowledgeEdit, *before: KnowledgeEdit) -> Preview:
    source = Edits(*before)
    return Previewer(LiveAssistant(folder, edits=source), source).preview(edit)


def test_its_own_questions_are_shown_as_they_were_and_will_be(folder: Path) -> None:
    found = preview(folder, ROOMS).new
    assert [each.question for each in found] == [text for _, text in ROOMS.questions]
    assert {each.after.section for each in found} == {"guide/rooms"}
    assert [each.verdict for each in found] == [1, 1]


def test_a_labelled_question_that_becomes_wrong_is_shown_with_the_figures(folder: Path) -> None:
    found = preview(folder, BORROWED)
    (case,) = found.cases
    assert (case.before.kind, case.after.section, case.verdict) == (Kind.DECLINE, "guide/loans", -1)
    assert (found.before.unanswerable_declined, found.after.unanswerable_declined) == (1.0, 0.0)


def test_a_stored_question_whose_answer_changes_is_shown(folder: Path) -> None:
    questions = folder / "guide" / "questions.yaml"
    text = questions.read_text("utf-8").replace('- "renew a book"', '- "RENEW, a book"')
    questions.write_text(text, "utf-8")
    found = preview(folder, MoreQuestions(SectionKey("guide", "loans"), (("en", "renew a book"),)))
    assert found.questions == len(LiveAssistant(folder).current().knowledge.questions)
    assert [(each.question, each.after.section) for each in found.stored] == [("RENEW, a book", "guide/loans")]


@pytest.mark.parametrize("edit", [ROOMS, LOCKERS, BORROWED])
def test_nothing_that_changes_is_missed(folder: Path, edit: KnowledgeEdit) -> None:
    before, after = (load_overlaid(folder, kept(*edits)) for edits in ([], [edit]))
    old, new = Assistant(before), Assistant(after)
    changed = set()
    for question in before.questions:
        replies = [assistant.ask(Question(question.text)) for assistant in (old, new)]
        if not question.follow_up and len({(each.kind, each.section, each.passage) for each in replies}) > 1:
            changed.add(question.text)
    assert changed <= {each.question for each in preview(folder, edit).stored}


def test_edits_in_force_count(folder: Path) -> None:
    more = MoreQuestions(ROOMS.key, (("vi", "giữ chỗ họp nhóm"),))
    assert preview(folder, more, ROOMS).new[0].after.section == "guide/rooms"


@pytest.mark.parametrize("edit", [replace(ROOMS, key=LOANS), replace(LOCKERS, id="printing")])
def test_an_edit_that_cannot_be_made_is_refused(folder: Path, edit: KnowledgeEdit) -> None:
    with pytest.raises(EditError):
        preview(folder, edit)


def test_a_second_look_shows_the_same(folder: Path) -> None:
    source = Edits()
    previewer = Previewer(LiveAssistant(folder, edits=source), source)
    first, second = (replace(previewer.preview(BORROWED), seconds=0.0) for _ in range(2))
    assert first == second


def test_what_the_knowledge_does_now_is_worked_out_ahead(folder: Path) -> None:
    source = Edits()
    previewer = Previewer(LiveAssistant(folder, edits=source), source)
    assert not previewer.is_ready
    previewer.prepare()
    previewer.settle()
    assert previewer.is_ready
    assert replace(previewer.preview(BORROWED), seconds=0.0) == replace(preview(folder, BORROWED), seconds=0.0)


def test_what_was_worked_out_is_of_no_use_once_the_knowledge_is_edited(folder: Path) -> None:
    source = Edits()
    live = LiveAssistant(folder, edits=source)
    previewer = Previewer(live, source)
    previewer.preview(BORROWED)
    questions = folder / "guide" / "questions.yaml"
    questions.write_text(questions.read_text("utf-8").replace("renew a book", "prolong a book"), "utf-8")
    live.refresh()
    assert not previewer.is_ready
    assert previewer.preview(BORROWED).questions == len(live.current().knowledge.questions)
    assert previewer.is_ready


class Down(Edits):
    """A source of edits that is out of order."""

    def in_force(self) -> list[Kept]:
        raise StoreDownError("the store is down")


def test_an_editor_is_told_what_went_wrong_once_they_ask(folder: Path) -> None:
    previewer = Previewer(LiveAssistant(folder, edits=Edits()), Down())
    previewer.prepare()
    previewer.settle()
    with pytest.raises(StoreDownError):
        previewer.preview(BORROWED)
