"""The passage that answers is chosen by the questions written for it and by its wording."""

import pytest

from faqbot.assistant import Assistant
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import KnowledgeBase, Passage, Section
from faqbot.matching.evidence import gather
from faqbot.matching.index import Index, build_index
from faqbot.matching.passage import choose_passage
from tests.matching.building import LIBRARY, knowledge_of, question, section

RULES = ("Phòng đọc", "Phòng đọc ở tầng hai.", "Điện thoại phải để im lặng.", "Nước uống được mang vào.")
ROOM = section(
    "room",
    vi=RULES,
    en=("Reading room", "It is on the second floor.", "Phones must be silent.", "Drinks are welcome."),
)
ABOUT_ROOM = (question("phòng đọc là gì", "room"), question("nghe điện thoại trong đó được không", "room", vi=1, en=1))


def chosen(message: str, index: Index, where: Section, language: str = "vi") -> str | None:
    passage = choose_passage(gather(index.reader.read(message), index), where, language, index)
    return passage.text if passage else None


def chosen_in(message: str, knowledge: KnowledgeBase, language: str = "vi") -> str | None:
    return chosen(message, build_index(knowledge), knowledge.sections[0], language)


def misled(knowledge: KnowledgeBase, index: Index) -> list[tuple[str, str]]:
    """Return the stored questions, typed word for word, that get another passage than their answer."""
    found = []
    for asked in knowledge.questions:
        if asked.answers:
            owner = next(each for each in knowledge.sections if str(each.key) == asked.owner)
            evidence = gather(index.reader.read(asked.text), index)
            for language, at in asked.answers.items():
                if choose_passage(evidence, owner, language, index) != owner.texts[language].passages[at]:
                    found.append((asked.text, language))
    return found


def test_a_stored_question_gets_its_answer_in_every_language(library: Assistant) -> None:
    assert misled(library.knowledge, library.matcher.index) == []


def test_a_question_of_the_shipped_knowledge_gets_its_answer_in_every_language(kvm: Assistant) -> None:
    assert misled(kvm.knowledge, kvm.matcher.index) == []


def test_a_stored_question_gets_its_answer_though_another_passage_has_its_words() -> None:
    where = section("room", vi=("Phòng", "Phòng đọc mở cửa buổi tối.", "Bạn có thể ở lại tới 22 giờ."))
    asked = [question("phòng đọc mở cửa buổi tối tới mấy giờ", "room", vi=1)]
    asked += [question("phòng đọc mở cửa buổi tối không", "room", vi=0)]
    assert chosen_in(asked[0].text, knowledge_of([where], asked)) == "Bạn có thể ở lại tới 22 giờ."


def test_a_question_about_the_whole_section_gets_the_sentence_that_opens_it() -> None:
    assert chosen_in("phòng đọc là gì", knowledge_of([ROOM], ABOUT_ROOM)) == "Phòng đọc ở tầng hai."


@pytest.mark.parametrize(
    "opening", [Passage("Không ăn.", "", listed=True), Passage("Trong phòng đọc:", ""), Passage("Rules:", "")]
)
def test_it_gets_none_where_the_section_opens_with_a_list(opening: Passage) -> None:
    where = section("room", vi=("Phòng đọc", opening, Passage("Không nói to.", "", listed=True)))
    assert chosen_in("phòng đọc là gì", knowledge_of([where], ABOUT_ROOM[:1])) is None


def test_a_section_without_passages_has_none() -> None:
    assert chosen_in("phòng đọc", knowledge_of([section("room", vi=("Phòng đọc",))])) is None


@pytest.mark.parametrize(
    ("message", "passage"), [("để điện thoại im lặng", 2), ("mang nước uống vào", 3), ("ở tầng hai", 1)]
)
def test_without_questions_the_wording_decides(message: str, passage: int) -> None:
    assert chosen_in(message, knowledge_of([ROOM])) == RULES[passage]


def test_a_passage_is_found_by_its_wording_in_another_language() -> None:
    assert chosen_in("silent phones", knowledge_of([ROOM])) == "Điện thoại phải để im lặng."


def test_wording_of_a_text_with_other_passages_does_not_count() -> None:
    uneven = section("room", vi=RULES, en=("Reading room", "It is upstairs.", "Phones must be silent."))
    assert chosen_in("silent phones", knowledge_of([uneven])) == RULES[1]


def test_a_question_answered_in_another_language_only_says_nothing_here() -> None:
    knowledge = knowledge_of([ROOM], [question("gọi cho người nhà", "room", en=1)])
    assert chosen_in("gọi cho người nhà", knowledge, "en") == "Phones must be silent."
    assert chosen_in("gọi cho người nhà", knowledge) == RULES[1]


def test_questions_about_other_sections_say_nothing() -> None:
    other = section("lobby", vi=("Sảnh", "Sảnh ở tầng một.", "Có ghế ngồi."))
    knowledge = knowledge_of([ROOM, other], [question("ngồi ở đâu", "lobby", vi=1)])
    assert chosen_in("ngồi ở đâu thì im lặng", knowledge) == "Điện thoại phải để im lặng."


@pytest.mark.parametrize("message", ["pizza", "?!"])
def test_of_equally_near_passages_the_first_is_chosen(message: str) -> None:
    assert chosen_in(message, knowledge_of([ROOM])) == RULES[1]


@pytest.mark.parametrize(
    ("message", "passage"),
    [
        ("chủ nhật có mở cửa không", "It is closed on Sundays."),
        ("mấy giờ thư viện mở cửa", "The library is open from 7 a.m. to 8 p.m., Monday to Saturday."),
    ],
)
def test_a_question_in_one_language_finds_the_passage_in_the_other(message: str, passage: str) -> None:
    knowledge = load(LIBRARY)
    assert chosen_in(message, knowledge, "en") == passage
