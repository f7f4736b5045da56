"""The quick preview shows what asking everything before and after the edit shows."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import EditError
from faqbot.evaluation import figures, run
from faqbot.helpdesk.previewer import Previewer
from faqbot.helpdesk.shown import Shown
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, MoreTopicQuestions, NewSection, NewTopic, content_of
from faqbot.knowledge.model import SectionKey, StoredQuestion
from faqbot.knowledge.overlay import load_overlaid
from faqbot.live import LiveAssistant
from faqbot.reply import Conversation
from tests.conftest import DATA
from tests.helpdesk.test_preview import CASES, Edits
from tests.knowledge.editing import kept

TYPED = """mượn sách được bao lâu thẻ sinh viên mất trả muộn phạt tiền mấy giờ mở cửa in ấn gia hạn wifi mat the
    how long may I keep a book renew late fee open hours card lost print room fine pay borrow zebra"""
WORDS = st.lists(st.sampled_from(sorted(set(TYPED.split()))), min_size=1, max_size=6, unique=True).map(" ".join)
STORED = ("muốn mượn sách thì cần gì", "how do I borrow a book", "mấy giờ thư viện mở cửa", "what time do you close")
NEAR = st.builds(
    lambda stored, word: f"{stored} {word}", st.sampled_from(STORED), st.sampled_from(["wifi", "thẻ", "x"])
)
QUESTIONS = st.lists(
    st.tuples(st.sampled_from(["vi", "en"]), WORDS | NEAR), min_size=1, max_size=3, unique_by=lambda pair: pair[1]
).map(tuple)
LOANS = SectionKey("guide", "loans")
PERIOD = {"vi": "Hạn mượn là 14 ngày.", "en": "The loan period is 14 days."}
SECTIONS = st.sampled_from(["hours", "loans", "fines", "renewal"])
BOTH = {"vi": "Một câu.", "en": "One sentence."}
EDITS = st.one_of(
    st.builds(lambda asked: MoreQuestions(LOANS, asked, PERIOD), QUESTIONS),
    st.builds(lambda section, asked: MoreQuestions(SectionKey("guide", section), asked), SECTIONS, QUESTIONS),
    st.builds(lambda asked: NewSection(SectionKey("guide", "new"), BOTH, BOTH, asked), QUESTIONS),
    st.builds(lambda asked: NewTopic("guide", "new", BOTH, BOTH, None, asked), QUESTIONS),
    st.builds(lambda asked: MoreTopicQuestions("printing", asked), QUESTIONS),
)


def shown(assistant: Assistant, text: str, conversation: Conversation | None = None) -> Shown:
    """Return what somebody sees, put together without the preview's own means."""
    reply = assistant.ask(Question(text, conversation=conversation))
    match reply.kind:
        case Kind.ANSWER:
            return Shown(reply.kind, str(reply.section), reply.title or "", reply.passage)
        case Kind.CLARIFY:
            titles = " / ".join(each.title for each in reply.suggestions)
            return Shown(reply.kind, str(reply.suggestions[0].key), titles, None)
    return Shown(reply.kind, None, reply.words, None)


def typed(assistant: Assistant, question: StoredQuestion) -> Shown:
    """Ask a stored question; a prompt after the answer of its section."""
    document, _, section = question.owner.partition("/")
    after = Conversation(question.language, SectionKey(document, section)) if question.follow_up else None
    return shown(assistant, question.text, after)


def may_move(question: StoredQuestion, before: Shown, after: Shown, edit: KnowledgeEdit) -> bool:
    """Return whether a passage may move unseen: that of a question about a whole section that gets no question."""
    untouched = question.owner not in (
        f"guide/{content_of(edit).get('section')}",
        f"topic:{content_of(edit).get('topic')}",
    )
    return untouched and not question.answers and replace(before, passage=None) == replace(after, passage=None)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school library, with test cases, and a question that may be in either language."""
    folder = Path(copytree(DATA / "library", tmp_path_factory.mktemp("law") / "library"))
    (folder / "guide" / "cases.jsonl").write_text(CASES, "utf-8")
    questions = folder / "guide" / "questions.yaml"
    text = questions.read_text("utf-8").replace(
        '"how do I borrow a book"', '"how do I borrow a book"\n        - "wifi zebra"'
    )
    questions.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def previewer(measured: Path) -> Previewer:
    """Keeps what it has worked out from one edit to the next."""
    return Previewer(LiveAssistant(measured, edits=Edits()), Edits())


@given(edit=EDITS)
@settings(max_examples=40)
def test_a_preview_shows_what_asking_everything_shows(
    measured: Path, previewer: Previewer, edit: KnowledgeEdit
) -> None:
    try:
        found = previewer.preview(edit)
    except EditError:
        reject()
    before, after = (Assistant(load_overlaid(measured, edits)) for edits in ([], kept(edit)))
    plain = [(each, typed(before, each), typed(after, each)) for each in before.knowledge.questions]
    differing = [(each, old, new) for each, old, new in plain if old != new and not may_move(each, old, new, edit)]
    assert {(each.question, each.before, each.after) for each in found.stored} == {
        (each.text, old, new) for each, old, new in differing
    }
    own = {text for _, text in edit.questions}
    assert {(each.question, each.before, each.after) for each in found.new} == {
        (text, shown(before, text), shown(after, text)) for text in own
    }
    cases = [(each.text, shown(before, each.text), shown(after, each.text)) for each in before.knowledge.cases]
    assert {(each.question, each.before, each.after) for each in found.cases} == {
        (text, old, new) for text, old, new in cases if old != new
    }
    assert found.before == figures(run(before, before.knowledge.cases))
    assert found.after == figures(run(after, before.knowledge.cases))
