"""The index holds all that matching needs to know of a knowledge base."""

import numpy as np
import pytest

from faqbot.assistant import Assistant
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import Concept, Passage
from faqbot.language.token import tokens
from faqbot.matching.evidence import gather
from faqbot.matching.index import Index, Place, build_index, profile_features
from faqbot.matching.lanes import TEXT_LANES
from faqbot.matching.postings import Scores
from tests.matching.building import LIBRARY, knowledge_of, question, section, topic

CARD = section("card", vi=("Thẻ", "Bạn cần thẻ sinh viên.", "Thẻ có hạn một năm."), en=("Card", "You need a card."))
SHOP = section("shop", vi=("Căng tin", "Căng tin bán nước."))


@pytest.fixture(scope="module")
def index(library: Assistant) -> Index:
    return library.matcher.index


def covered(index: Index, lane: str, feature: str) -> Scores:
    """How much of a feature each owner's texts cover."""
    asked = {name: {feature: 1.0} if name == lane else {} for name in index.texts.lanes}
    return index.texts.coverage(asked)[lane]


def test_owners_are_sections_in_reading_order_and_then_topics(index: Index) -> None:
    sections = ("guide/hours", "guide/loans", "guide/renewal", "guide/fines")
    assert index.owners == (*sections, "topic:lost-card", "topic:printing")
    assert index.section_count == len(sections)


def test_rows_number_the_owners(index: Index) -> None:
    assert [index.owners[index.rows[owner]] for owner in index.owners] == list(index.owners)


def test_every_stored_question_is_a_unit_with_its_answers(library: Assistant, index: Index) -> None:
    assert index.questions is not None
    assert sorted(index.questions.numbers) == list(range(len(library.knowledge.questions)))
    for number, stored in enumerate(library.knowledge.questions):
        answers = {language: column[number] for language, column in index.answers.items() if column[number] >= 0}
        assert answers == stored.answers


def test_questions_lie_owner_by_owner(library: Assistant, index: Index) -> None:
    assert index.questions is not None
    asked = [library.knowledge.questions[number].owner for number in index.questions.numbers]
    assert [index.rows[owner] for owner in asked] == index.questions.owners.tolist() == sorted(index.questions.owners)


def test_title_and_passages_of_every_language_have_their_places() -> None:
    index = build_index(knowledge_of([CARD]))
    assert index.places == (Place("vi", None), Place("vi", 0), Place("vi", 1), Place("en", None), Place("en", 0))
    assert index.passages.stems[index.passages.numbers.tolist().index(4)] == "you need a card"


def test_what_a_passage_stands_under_belongs_to_its_wording() -> None:
    nested = section("card", vi=("Thẻ", Passage("Miễn phí.", "Sinh viên năm nhất", listed=True)))
    assert "sinh vien nam nhat mien phi" in build_index(knowledge_of([nested])).passages.stems


def test_whole_texts_are_indexed_lane_by_lane(index: Index) -> None:
    assert tuple(index.texts.lanes) == TEXT_LANES
    assert covered(index, "word", "phat").argmax() == index.rows["guide/fines"]


def test_words_of_sections_and_of_their_questions_are_familiar_but_not_those_of_topics(index: Index) -> None:
    assert {"dong", "weekend"} <= index.familiar
    assert "printer" not in index.familiar
    assert "printer" in index.profiles.rows


def test_profiles_tell_a_concept_from_a_word(index: Index) -> None:
    assert {"book", "@book"} <= set(index.profiles.rows)
    assert profile_features(index.lane_reader.read(tokens("tiền phạt"))) == ["tien", "phat", "@fine"]


def test_of_several_owners_of_a_question_the_first_is_exact() -> None:
    index = build_index(knowledge_of([CARD, SHOP], [question("giá bao nhiêu", each) for each in ("shop", "card")]))
    assert index.exact == {index.reader.read_stored("giá bao nhiêu").key: "d/shop"}


@pytest.mark.parametrize(
    ("owners", "sole"),
    [
        (("shop",), "d/shop"),
        (("shop", "shop"), "d/shop"),
        (("shop", "card"), None),
        (("shop", "card", "shop"), None),
        (("shop", "card", "topic:loan"), None),
    ],
)
def test_without_diacritics_a_question_is_exact_only_for_a_sole_owner(
    owners: tuple[str, ...], sole: str | None
) -> None:
    texts = ("có bán không", "có bạn không", "có bàn không")
    questions = [question(text, owner) for text, owner in zip(texts, owners, strict=False)]
    index = build_index(knowledge_of([CARD, SHOP], questions, [topic("loan")]))
    assert index.exact_plain == {"co ban khong": sole}
    assert len(index.exact) == len(owners)


def test_a_follow_up_is_no_question_by_itself() -> None:
    index = build_index(knowledge_of([CARD], [question("còn thẻ thì sao", "card", follow_up=True)]))
    assert (index.exact, index.exact_plain) == ({}, {})
    assert index.questions is not None


def test_knowledge_without_questions_has_passages_only() -> None:
    index = build_index(load(LIBRARY / "guide" / "library.vi.md"))
    assert (index.questions, index.exact) == (None, {})
    assert index.section_count == len(index.owners) == 4


def test_concepts_of_the_glossary_are_read() -> None:
    concept = Concept("card", ("thẻ", "card"))
    index = build_index(knowledge_of([CARD], concepts=[concept]))
    assert covered(index, "concept", "card").any()


@pytest.mark.parametrize("message", ["mượn được bao lâu", "where is the pizza", "the sinh vien"])
def test_equal_knowledge_gives_an_equal_index(message: str, index: Index) -> None:
    again = build_index(load(LIBRARY))
    first, second = (gather(each.reader.read(message), each) for each in (index, again))
    assert np.array_equal(first.owners, second.owners)
    assert (again.owners, again.places, again.familiar) == (index.owners, index.places, index.familiar)
