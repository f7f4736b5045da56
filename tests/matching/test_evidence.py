"""Evidence says of every owner what speaks for it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import Concept
from faqbot.matching.evidence import LANE_WEIGHTS, NOTHING_EVIDENCE, OWNER_EVIDENCE, Evidence, gather
from faqbot.matching.family import Near
from faqbot.matching.index import Index, build_index
from tests.matching.building import LIBRARY, column, knowledge_of, nothing_evidence, question, section, topic

LIBRARY_INDEX = build_index(load(LIBRARY))
WITHOUT_QUESTIONS = build_index(load(LIBRARY / "guide" / "library.en.md"))
BY_QUESTIONS = ("word", "pair", "accented", "concept", "nearest", "support", "fuzzy")


def evidence(message: str, index: Index = LIBRARY_INDEX) -> Evidence:
    return gather(index.reader.read(message), index)


def test_every_owner_has_a_row_and_every_name_a_column() -> None:
    found = evidence("mượn được bao lâu")
    assert found.owners.shape == (len(LIBRARY_INDEX.owners), len(OWNER_EVIDENCE))
    assert found.nothing.shape == (len(NOTHING_EVIDENCE),)


@given(st.text())
def test_any_text_gives_finite_numbers(text: str) -> None:
    found = evidence(text)
    assert np.isfinite(found.owners).all()
    assert np.isfinite(found.nothing).all()


def near(found: Evidence) -> Near:
    """Return the stored questions that share something with the message."""
    assert found.questions is not None
    return found.questions


@given(st.lists(st.sampled_from(["mượn", "sách", "borow", "book", "phạt", "xyz", "7", "muon", "the"])).map(" ".join))
def test_similarities_and_shares_lie_between_0_and_1(text: str) -> None:
    found = evidence(text)
    shares = [column(found, name) for name in OWNER_EVIDENCE if name not in ("support", "profile")]
    for values in (*shares, near(found).total, found.passages.total, found.nothing[1:2]):
        assert ((values >= 0) & (values <= 1 + 1e-9)).all()


@pytest.mark.parametrize("name", ["word", "pair", "accented", "fuzzy", "accounted"])
def test_a_stored_question_is_all_that_its_owner_can_have(name: str) -> None:
    found = column(evidence("mượn được bao lâu"), name)
    assert found[LIBRARY_INDEX.rows["guide/loans"]] == pytest.approx(1.0)


@pytest.mark.parametrize("name", [name for name in OWNER_EVIDENCE if name != "topic"])
def test_a_message_without_words_speaks_for_nobody(name: str) -> None:
    assert not column(evidence("?!"), name).any()


def test_topics_are_marked() -> None:
    assert column(evidence("sách"), "topic").tolist() == [0, 0, 0, 0, 1, 1]


def test_the_nearest_question_is_one_of_the_best_owner_and_of_all_lanes() -> None:
    found = evidence("how long can I keep a book")
    assert near(found).total.max() == column(found, "nearest").max()
    assert column(found, "nearest").argmax() == LIBRARY_INDEX.rows["guide/loans"]
    assert near(found).total.max() <= sum(LANE_WEIGHTS.values())


def test_a_concept_speaks_across_languages() -> None:
    sections = [section("fines", vi=("Trả muộn", "Bị phạt 2.000 đồng.")), section("rest", vi=("Khác",))]
    index = build_index(knowledge_of(sections, concepts=[Concept("fine", ("bị phạt", "penalty"))]))
    found = evidence("penalty", index)
    assert found.concepts == ("fine",)
    assert (column(found, "text_concept") > 0).tolist() == [True, False]


def test_a_corrected_word_counts_less_than_one_typed_well() -> None:
    typed, well = (column(evidence(message), "text_word") for message in ("penalty borow", "penalty borrow"))
    row = LIBRARY_INDEX.rows["guide/loans"]
    assert 0 < typed[row] < well[row]


def test_words_that_no_section_uses_are_named_once() -> None:
    found = evidence("borrow pizza, pizza and sushi")
    assert found.unfamiliar == ("pizza", "sushi")
    assert 0 < nothing_evidence(found, "unfamiliar") < 1


@pytest.mark.parametrize(("message", "share"), [("pizza sushi", 1.0), ("borrow books", 0.0), ("the of", 0.0)])
def test_the_share_of_unfamiliar_wording(message: str, share: float) -> None:
    assert nothing_evidence(evidence(message), "unfamiliar") == share


def test_words_that_only_topics_use_are_unfamiliar() -> None:
    assert evidence("printer").unfamiliar == ("printer",)


@pytest.mark.parametrize(("message", "count"), [("the of", 0), ("borrow the books", 2), ("pizza pizza pizza", 3)])
def test_informative_words_are_counted(message: str, count: int) -> None:
    assert nothing_evidence(evidence(message), "informative") == pytest.approx(np.log1p(count))
    assert nothing_evidence(evidence(message), "nothing") == 1


def test_without_questions_the_texts_speak() -> None:
    found = evidence("when is the library closed", WITHOUT_QUESTIONS)
    assert not any(column(found, name).any() for name in BY_QUESTIONS)
    assert column(found, "passage").argmax() == column(found, "text_word").argmax() == 0
    assert found.questions is None


def test_an_owner_without_questions_is_supported_by_none() -> None:
    sections = [section("card", vi=("Thẻ", "Cần thẻ.")), section("fee", vi=("Phí", "Không mất phí."))]
    index = build_index(knowledge_of(sections, [question("cần thẻ gì", "card")], [topic("loan")]))
    assert column(evidence("cần thẻ gì", index), "nearest").tolist()[1:] == [0.0, 0.0]


@pytest.mark.parametrize("message", ["card", "xin visa", "pizza", "thư viện đóng cửa lúc nào"])
def test_the_order_of_the_questions_leaves_the_evidence_alike(library: Assistant, message: str) -> None:
    backwards = replace(library.knowledge, questions=library.knowledge.questions[::-1])
    assert evidence(message, build_index(backwards)).owners == pytest.approx(evidence(message).owners)
