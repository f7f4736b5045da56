"""Edits become part of the knowledge as if they stood in its files."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.errors import KnowledgeError
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, MoreTopicQuestions, NewSection, NewTopic
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import KnowledgeBase, SectionKey
from faqbot.knowledge.overlay import load_overlaid
from tests.conftest import DATA
from tests.knowledge.building import write
from tests.knowledge.editing import EVENINGS, GOOD, LOANS, LOCKERS, LONGEST, ROOMS, SCANNER, Kept, kept, laid_over

LIBRARY = DATA / "library"
EDITS = st.lists(st.sampled_from(GOOD), unique_by=id)


def says(knowledge: KnowledgeBase) -> object:
    """Return all that knowledge says, whatever the order of its questions."""
    questions = Counter((each.text, each.language, each.owner, *each.answers.items()) for each in knowledge.questions)
    topics = {topic.id: topic for topic in knowledge.topics}
    documents = {document.id: (document.titles, sorted(document.sections)) for document in knowledge.documents}
    return documents, {section.key: section for section in knowledge.sections}, questions, topics


def test_no_edits_change_nothing() -> None:
    overlaid = laid_over(LIBRARY)
    assert overlaid.knowledge == load(LIBRARY)
    assert overlaid.applied == ()


def test_every_kind_of_edit_is_answered_by() -> None:
    assistant = Assistant(laid_over(LIBRARY, *GOOD).knowledge)
    replies = [assistant.ask(Question(text)) for edit in GOOD for _, text in edit.questions]
    assert [(str(reply.kind), str(reply.section or reply.text.split(".")[0])) for reply in replies] == [
        ("answer", "guide/hours"),
        ("answer", "guide/hours"),
        ("answer", "guide/loans"),
        ("answer", "guide/rooms"),
        ("answer", "guide/rooms"),
        ("decline", "Nội quy chưa nói về tủ đồ"),
        ("decline", "Lockers are not covered"),
        ("decline", "Printing is not covered"),
        ("decline", "Tài liệu chưa có thông tin về in ấn"),
    ]
    assert replies[2].passage == "Hạn mượn là 14 ngày."


def test_a_question_joins_those_that_the_same_passage_answers() -> None:
    text = next(each.text for each in laid_over(LIBRARY, LONGEST).texts if each.base == "questions.yaml")
    before = (LIBRARY / "guide" / "questions.yaml").read_text("utf-8")
    last = '        - "khi nào phải trả sách"\n'
    assert text == before.replace(last, f'{last}        - "ôm sách về tối đa mấy hôm"\n')


def test_edits_change_the_revision() -> None:
    revisions = {laid_over(LIBRARY, *edits).knowledge.revision for edits in ([], [EVENINGS], [LONGEST], GOOD)}
    assert len(revisions) == 4


@settings(max_examples=25)
@given(EDITS)
def test_the_order_of_independent_edits_does_not_matter(edits: list[KnowledgeEdit]) -> None:
    forward, backward = laid_over(LIBRARY, *edits), laid_over(LIBRARY, *reversed(edits))
    assert says(forward.knowledge) == says(backward.knowledge)
    assert forward.knowledge.refused == backward.knowledge.refused == ()


@settings(max_examples=25)
@given(EDITS)
def test_edits_that_the_files_hold_already_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[KnowledgeEdit]
) -> None:
    once = laid_over(LIBRARY, *edits)
    folder = tmp_path_factory.mktemp("held")
    write(folder, {str(Path(text.folder, text.base)): text.text for text in once.texts})
    again = laid_over(folder, *edits)
    assert again.knowledge.revision == once.knowledge.revision
    assert again.applied == once.applied


def test_half_of_a_section_is_made_whole(tmp_path: Path) -> None:
    once = laid_over(LIBRARY, ROOMS)
    half = {str(Path(text.folder, text.base)): text.text for text in once.texts if text.base != "library.en.md"}
    write(tmp_path, {**half, "guide/library.en.md": (LIBRARY / "guide" / "library.en.md").read_text("utf-8")})
    assert laid_over(tmp_path, ROOMS).knowledge.revision == once.knowledge.revision


def test_an_edit_may_build_on_the_one_before() -> None:
    more = MoreQuestions(ROOMS.key, (("en", "where do we meet"),), {"en": "Book a day ahead."})
    topic = MoreTopicQuestions("lockers", (("en", "do you have lockers"),))
    knowledge = laid_over(LIBRARY, ROOMS, LOCKERS, more, topic).knowledge
    assert knowledge.refused == ()
    assert {"where do we meet", "do you have lockers"} <= {question.text for question in knowledge.questions}


BAD: list[tuple[KnowledgeEdit, str]] = [
    (replace(EVENINGS, section=SectionKey("guide", "cellar")), "no_section"),
    (replace(EVENINGS, section=SectionKey("novel", "hours")), "no_document"),
    (replace(LONGEST, answer={"vi": "Hạn mượn là 30 ngày."}), "no_passage"),
    (replace(EVENINGS, questions=(("vi", "Em bị mất thẻ "),)), "question_taken"),
    (replace(ROOMS, key=LOANS), "id_taken"),
    (replace(ROOMS, key=SectionKey("guide", "Phòng")), "bad_id"),
    (replace(ROOMS, titles={"vi": "Phòng"}, bodies={"vi": "## Phòng\n\nCó 4 phòng."}), "has_headings"),
    (replace(ROOMS, titles={"vi": "Phòng"}, bodies={"vi": "```\nCó 4 phòng."}), "has_headings"),
    (replace(ROOMS, titles={"vi": "Phòng"}, bodies={"vi": "[a]: b"}), "no_text"),
    (replace(LOCKERS, id="printing"), "id_taken"),
    (replace(LOCKERS, id="Tủ"), "bad_id"),
    (replace(LOCKERS, nearest="cellar"), "no_section"),
    (replace(LOCKERS, document="novel"), "no_document"),
    (replace(SCANNER, topic="scanner"), "no_topic"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD)
def test_a_bad_edit_is_refused_and_the_others_count(bad: KnowledgeEdit, reason: str) -> None:
    overlaid = laid_over(LIBRARY, EVENINGS, bad, SCANNER)
    assert [(each.number, each.reason) for each in overlaid.knowledge.refused] == [(2, reason)]
    assert overlaid.applied == (1, 3)
    assert says(overlaid.knowledge) == says(laid_over(LIBRARY, EVENINGS, SCANNER).knowledge)


def test_a_second_section_with_the_same_id_is_refused() -> None:
    overlaid = laid_over(LIBRARY, ROOMS, ROOMS)
    assert [(each.number, each.reason) for each in overlaid.knowledge.refused] == [(2, "id_taken")]


def test_what_nobody_can_read_is_refused() -> None:
    edits = [Kept(4, "poem", {}), *kept(EVENINGS)]
    knowledge = load_overlaid(LIBRARY, edits)
    assert [(each.number, each.reason) for each in knowledge.refused] == [(4, "malformed")]


def test_a_document_in_one_language_takes_a_section_in_that(tmp_path: Path) -> None:
    folder = write(tmp_path, {"rules.vi.md": "# Giờ\n\nTừ 7 giờ.\n\n# Phạt\n\nKhông phạt."})
    vi = NewSection(SectionKey("rules", "rooms"), {"vi": "Phòng"}, {"vi": "Có 4 phòng."})
    overlaid = laid_over(
        folder, vi, replace(vi, key=SectionKey("rules", "hall"), titles={"en": "Hall"}, bodies={"en": "x"})
    )
    assert [each.reason for each in overlaid.knowledge.refused] == ["no_language"]
    (text,) = overlaid.texts
    assert text.text.endswith("Không phạt.\n\n# Phòng {#rooms}\n\nCó 4 phòng.\n")


def test_files_are_made_where_there_are_none(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a/rules.vi.md": "## Giờ {#hours}\r\n\r\nTừ 7 giờ.\r\n"})
    section = NewSection(SectionKey("a", "rooms"), {"vi": "Phòng"}, {"vi": "Có 4\nphòng."})
    overlaid = laid_over(
        folder, replace(EVENINGS, section=SectionKey("a", "hours")), replace(LOCKERS, document="a"), section
    )
    assert [(text.folder, text.base) for text in overlaid.texts] == [
        ("a", "not-covered.yaml"),
        ("a", "questions.yaml"),
        ("a", "rules.vi.md"),
    ]
    assert overlaid.texts[2].text.endswith("Từ 7 giờ.\r\n\r\n## Phòng {#rooms}\r\n\r\nCó 4\r\nphòng.\r\n")
    assert overlaid.knowledge.refused == ()


def test_a_single_file_takes_edits_too() -> None:
    knowledge = load_overlaid(
        LIBRARY / "guide" / "library.en.md", kept(replace(EVENINGS, section=SectionKey("library", "hours")))
    )
    assert [question.owner for question in knowledge.questions] == ["library/hours"] * 2


@pytest.mark.parametrize(
    "questions",
    [
        "hours: &all {questions: [{vi: [x]}]}\nloans: *all\n",
        "{hours: {questions: [{vi: &x [a]}]}, loans: {questions: [{vi: *x}]}}\n",
        "hours:\n  questions:\n    - vi: [x]\n...\n",
    ],
)
def test_a_file_that_cannot_be_added_to_refuses_that_edit_alone(questions: str, tmp_path: Path) -> None:
    text = "## Giờ {#hours}\n\nTừ 7 giờ.\n\n## Mượn {#loans}\n\nCó thẻ.\n"
    folder = write(tmp_path, {"guide/a.vi.md": text, "guide/questions.yaml": questions})
    overlaid = laid_over(folder, EVENINGS, replace(LOCKERS, nearest=None))
    assert 2 in overlaid.applied
    assert says(load(folder)) != says(overlaid.knowledge)


def test_faults_of_the_files_are_raised(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        load_overlaid(write(tmp_path, {"a.vi.md": "# A\n\nB.", "glossary.yaml": "["}), kept(EVENINGS))


def test_a_topic_that_is_there_already_with_another_reply_is_refused() -> None:
    other = NewTopic("guide", "lockers", LOCKERS.titles, {"vi": "Không.", "en": "No."}, None, (("vi", "tủ đâu"),))
    assert [each.reason for each in laid_over(LIBRARY, LOCKERS, other).knowledge.refused] == ["id_taken"]
