"""Every section is ranked, and a stored question finds its owner."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import KnowledgeBase, Section, StoredQuestion, Topic
from faqbot.language.fold import fold
from faqbot.matching.calibration import DEFAULT
from faqbot.matching.index import build_index
from faqbot.matching.matcher import EXACT, Matcher, Ranking
from tests.matching.building import LIBRARY, knowledge_of, question, section, topic

KNOWLEDGE = load(LIBRARY)
QUESTIONS = tuple(each for each in KNOWLEDGE.questions if not each.follow_up)
LOOSE = ("card", "xin visa", "pizza", "?!", "muon sach", "borow a bok", "thư viện đóng cửa lúc nào vậy")
CANTEEN = section(
    "canteen",
    vi=("Nhà ăn", "Nhà ăn phục vụ cơm trưa và nước uống."),
    en=("Canteen", "Lunch and drinks are served here."),
)
CARD = section("card", vi=("Thẻ", "Bạn cần thẻ sinh viên."))
SHOP = section("shop", vi=("Căng tin", "Căng tin bán nước."))


def matcher_of(knowledge: KnowledgeBase) -> Matcher:
    return Matcher(knowledge, build_index(knowledge), DEFAULT)


MATCHER = matcher_of(KNOWLEDGE)


def rank(message: str, matcher: Matcher = MATCHER) -> Ranking:
    return matcher.rank(matcher.index.reader.read(message))


def confidences(ranking: Ranking) -> dict[str, float]:
    return {str(match.section.key): match.confidence for match in ranking.matches}


def sections(ranking: Ranking) -> list[str]:
    return [match.section.key.section for match in ranking.matches]


def finds_its_owner(asked: StoredQuestion, ranking: Ranking) -> bool:
    """Whether the question's owner is first, and as sure as an exact question is."""
    if ranking.topic is not None:
        return ranking.topic.owner == asked.owner and ranking.outside >= EXACT - 1e-9
    best = ranking.matches[0]
    return str(best.section.key) == asked.owner and best.confidence >= EXACT


def plain(text: str) -> str:
    return fold(text)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    "typed",
    [str, str.upper, decomposed, plain, "  {}?? ".format],
    ids=["as written", "capitals", "decomposed", "plain", "with signs"],
)
def test_every_stored_question_finds_its_owner_first(typed: Callable[[str], str]) -> None:
    assert [each.text for each in QUESTIONS if not finds_its_owner(each, rank(typed(each.text)))] == []


def test_every_question_of_the_shipped_knowledge_finds_its_owner_first(kvm: Assistant) -> None:
    asked = [each for each in kvm.knowledge.questions if not each.follow_up]
    assert [each.text for each in asked if not finds_its_owner(each, kvm.search(each.text))] == []


@pytest.mark.parametrize("text", ["mượn đc mấy cuốn", "books vs magazines", "sạc LUN iPad ở đâu"])
def test_a_stored_question_with_shorthand_is_found_as_it_stands(text: str) -> None:
    ranking = rank(text, matcher_of(knowledge_of([SHOP, CARD], [question(text, "card")])))
    assert ranking.exact
    assert sections(ranking)[0] == "card"


@pytest.mark.parametrize("text", ["máy in bị hỏng", "ổ khóa tủ đồ ở đâu"])
def test_a_stored_question_is_found_even_if_its_plain_words_are_shorthand_or_fillers(text: str) -> None:
    assert rank(plain(text), matcher_of(knowledge_of([SHOP, CARD], [question(text, "card")]))).exact


def test_without_diacritics_a_question_of_two_owners_is_not_exact() -> None:
    asked = [question("có bán không", "shop"), question("có bạn không", "card")]
    matcher = matcher_of(knowledge_of([CARD, SHOP], asked))
    assert [rank(text, matcher).exact for text in ("có bán không", "có bạn không", "co ban khong")] == [
        True,
        True,
        False,
    ]


def test_other_diacritics_are_not_exact() -> None:
    matcher = matcher_of(knowledge_of([CARD, SHOP], [question("có bán không", "shop")]))
    assert not rank("có bạn không", matcher).exact


def test_a_question_of_two_owners_belongs_to_the_first() -> None:
    asked = [question("giá bao nhiêu", "shop"), question("giá bao nhiêu", "card")]
    ranking = rank("giá bao nhiêu", matcher_of(knowledge_of([CARD, SHOP], asked)))
    assert sections(ranking) == ["shop", "card"]


def test_a_question_about_a_topic_names_the_topic() -> None:
    ranking = rank("em bị mất thẻ")
    assert ranking.topic is not None
    assert ranking.topic.id == "lost-card"
    assert ranking.outside == pytest.approx(1 - sum(confidences(ranking).values()))


@pytest.mark.parametrize("message", ["mượn được bao lâu", "how much is the fine"])
def test_a_topic_is_named_only_where_it_is_likelier_than_every_section(message: str) -> None:
    assert rank(message).topic is None


@pytest.mark.parametrize("message", ["pizza", "mượn sách bao lâu nhỉ"])
def test_a_message_that_is_stored_nowhere_is_not_exact(message: str) -> None:
    assert not rank(message).exact


@given(st.one_of(st.text(), st.sampled_from([*LOOSE, *(each.text for each in QUESTIONS)])))
def test_every_section_is_ranked_and_the_shares_add_up_to_1(message: str) -> None:
    ranking = rank(message)
    shares = [match.confidence for match in ranking.matches]
    assert sorted(sections(ranking)) == ["fines", "hours", "loans", "renewal"]
    assert sum(shares) + ranking.outside == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in [*shares, ranking.outside])


@given(st.text())
def test_the_likeliest_comes_first(message: str) -> None:
    shares = [match.confidence for match in rank(message).matches]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("message", [*LOOSE, "mượn được bao lâu"])
def test_the_same_message_gets_the_same_ranking(message: str) -> None:
    first = rank(message)
    rank("something else")
    assert first.matches == rank(message).matches == rank(message, matcher_of(load(LIBRARY))).matches


@settings(max_examples=15)
@given(st.permutations(KNOWLEDGE.questions))
def test_the_order_of_the_questions_does_not_matter(questions: Sequence[StoredQuestion]) -> None:
    shuffled = matcher_of(replace(KNOWLEDGE, questions=tuple(questions)))
    for message in (*LOOSE, *(each.text for each in QUESTIONS)):
        assert confidences(rank(message, shuffled)) == pytest.approx(confidences(rank(message)), abs=1e-9)


@settings(max_examples=15)
@given(st.permutations(KNOWLEDGE.sections), st.permutations(KNOWLEDGE.topics))
def test_the_order_of_the_documents_does_not_matter(sections: Sequence[Section], topics: Sequence[Topic]) -> None:
    shuffled = matcher_of(replace(KNOWLEDGE, sections=tuple(sections), topics=tuple(topics)))
    for message in (*LOOSE, *(each.text for each in QUESTIONS)):
        assert confidences(rank(message, shuffled)) == pytest.approx(confidences(rank(message)), abs=1e-9)


@pytest.mark.parametrize("count", [2, 3, 5, 9, 17])
@pytest.mark.parametrize("message", ["mượn sách", "thẻ của bạn", "cần mượn", "?!"])
def test_of_equally_likely_sections_the_first_in_reading_order_comes_first(count: int, message: str) -> None:
    twins = [section(f"s{at}", vi=("Mượn sách", "Cách mượn sách. Bạn cần thẻ.")) for at in range(count)]
    assert sections(rank(message, matcher_of(knowledge_of(twins)))) == [f"s{at}" for at in range(count)]


def test_a_section_about_another_subject_changes_no_section_that_is_found() -> None:
    asked = [question("trưa nay có cơm gì", "canteen"), question("what is for lunch", "canteen")]
    larger = matcher_of(
        replace(KNOWLEDGE, sections=(CANTEEN, *KNOWLEDGE.sections), questions=(*asked, *KNOWLEDGE.questions))
    )
    assert [each.text for each in QUESTIONS if not finds_its_owner(each, rank(each.text, larger))] == []
    assert sections(rank("trưa nay có cơm gì", larger))[0] == "canteen"


@pytest.mark.parametrize(
    ("message", "found"),
    [("library is open from", "hours"), ("fine of 2,000 dong", "fines"), ("loan period is 14 days", "loans")],
)
def test_knowledge_without_questions_is_found_by_its_wording(message: str, found: str) -> None:
    guide: Path = LIBRARY / "guide" / "library.en.md"
    ranking = rank(message, matcher_of(load(guide)))
    assert sections(ranking)[0] == found
    assert not ranking.exact


def test_a_single_section_is_ranked() -> None:
    ranking = rank("thẻ sinh viên", matcher_of(knowledge_of([CARD], topics=[topic("loan")])))
    assert sections(ranking) == ["card"]
    assert ranking.outside == pytest.approx(1 - ranking.matches[0].confidence)
