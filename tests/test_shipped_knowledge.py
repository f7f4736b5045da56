"""The knowledge that comes with faqbot is whole: both languages everywhere, enough questions, no two owners of one."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pytest

from faqbot.knowledge.loader import load, shipped_knowledge
from faqbot.knowledge.model import KnowledgeBase
from faqbot.language.clean import clean
from faqbot.language.pack import LANGUAGES
from faqbot.matching.calibration import DEFAULT, read_calibration

SECTIONS = (
    "overview",
    "requirements",
    "characteristics",
    "how-it-works",
    "features",
    "security",
    "storage",
    "hardware-support",
    "memory-management",
    "live-migration",
    "performance-scalability",
    "low-latency",
    "management",
    "advantages",
    "disadvantages",
)
BELOW_FEATURES = SECTIONS[5:13]
FEWEST_QUESTIONS, FEWEST_TOPICS, FEWEST_TOPIC_QUESTIONS, FEWEST_CONCEPTS = 40, 60, 6, 200


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return load(shipped_knowledge())


def counts(knowledge: KnowledgeBase) -> Counter[tuple[str, str]]:
    return Counter((question.owner, question.language) for question in knowledge.questions if not question.follow_up)


def every_text(knowledge: KnowledgeBase) -> Iterator[str]:
    for section in knowledge.sections:
        for text in section.texts.values():
            yield from (text.title, text.text, text.html)
            yield from (passage.text for passage in text.passages)
    yield from (question.text for question in knowledge.questions)
    yield from (wording for concept in knowledge.concepts for wording in concept.wordings)
    yield from (phrase for kind in knowledge.small_talk for _, phrase in kind.phrases)
    replies = [*[t.replies for t in knowledge.topics], *[t.titles for t in knowledge.topics]]
    replies += [*[kind.replies for kind in knowledge.small_talk], *[d.titles for d in knowledge.documents]]
    yield from (text for by_language in replies for text in by_language.values())


def incomplete(texts: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Names whose texts are not in every language, or are blank in one."""
    return [
        name
        for name, by_language in texts.items()
        if set(by_language) != set(LANGUAGES) or not all(text.strip() for text in by_language.values())
    ]


def test_guide_has_its_sections_in_order(shipped: KnowledgeBase) -> None:
    (document,) = shipped.documents
    assert document.id == "kvm"
    assert tuple(key.section for key in document.sections) == SECTIONS
    assert tuple(section.key for section in shipped.sections) == document.sections


def test_features_is_the_parent_of_eight_sections(shipped: KnowledgeBase) -> None:
    parents = {section.key.section: section.parent.section for section in shipped.sections if section.parent}
    assert parents == dict.fromkeys(BELOW_FEATURES, "features")


def test_it_loads_without_a_warning(shipped: KnowledgeBase) -> None:
    assert shipped.warnings == ()


def test_both_languages_have_equally_many_passages(shipped: KnowledgeBase) -> None:
    sizes = {
        section.key: {code: len(text.passages) for code, text in section.texts.items()} for section in shipped.sections
    }
    assert [key for key, by_language in sizes.items() if set(by_language) != set(LANGUAGES)] == []
    assert [
        key for key, by_language in sizes.items() if len(set(by_language.values())) != 1 or 0 in by_language.values()
    ] == []


def test_titles_and_replies_are_in_both_languages(shipped: KnowledgeBase) -> None:
    assert incomplete({document.id: document.titles for document in shipped.documents}) == []
    assert incomplete({topic.id: topic.titles for topic in shipped.topics}) == []
    assert incomplete({topic.id: topic.replies for topic in shipped.topics}) == []
    assert incomplete({kind.id: kind.replies for kind in shipped.small_talk}) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_section_has_enough_questions(section: str, language: str, shipped: KnowledgeBase) -> None:
    assert counts(shipped)[f"kvm/{section}", language] >= FEWEST_QUESTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_section_has_follow_ups(language: str, shipped: KnowledgeBase) -> None:
    owners = {question.owner for question in shipped.questions if question.follow_up and question.language == language}
    assert owners == {f"kvm/{section}" for section in SECTIONS}


def test_every_section_tells_what_to_read_next(shipped: KnowledgeBase) -> None:
    assert [section.key for section in shipped.sections if not section.related or section.key in section.related] == []


def test_many_topics_are_known_not_to_be_covered(shipped: KnowledgeBase) -> None:
    found = counts(shipped)
    few = [(t.id, code) for t in shipped.topics for code in LANGUAGES if found[t.owner, code] < FEWEST_TOPIC_QUESTIONS]
    assert len(shipped.topics) >= FEWEST_TOPICS
    assert few == []


def test_glossary_has_many_concepts_each_with_wordings(shipped: KnowledgeBase) -> None:
    assert len(shipped.concepts) >= FEWEST_CONCEPTS
    assert [concept.id for concept in shipped.concepts if not concept.wordings] == []


@pytest.mark.parametrize("phrase", ["xin chào", "cảm ơn", "tạm biệt", "hello", "thank you", "goodbye"])
def test_small_talk_is_in_both_languages(phrase: str, shipped: KnowledgeBase) -> None:
    assert [kind.id for kind in shipped.small_talk if phrase in [text for _, text in kind.phrases]]


def test_every_text_is_composed(shipped: KnowledgeBase) -> None:
    assert [text for text in every_text(shipped) if not unicodedata.is_normalized("NFC", text)] == []


def test_files_are_composed_too() -> None:
    files = [path for path in shipped_knowledge().rglob("*.*") if path.is_file()]
    assert [path.name for path in files if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))] == []


def test_no_question_is_owned_by_two_owners_word_for_word(shipped: KnowledgeBase) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for question in shipped.questions:
        if not question.follow_up:
            owners[clean(question.text).casefold()].add(question.owner)
    assert {text: sorted(names) for text, names in owners.items() if len(names) > 1} == {}


def test_no_phrase_of_small_talk_is_of_two_kinds(shipped: KnowledgeBase) -> None:
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for kind in shipped.small_talk:
        for _, phrase in kind.phrases:
            kinds[clean(phrase).casefold()].add(kind.id)
    assert {phrase: names for phrase, names in kinds.items() if len(names) > 1} == {}


def test_calibration_that_was_measured_is_shipped() -> None:
    calibration = read_calibration(shipped_knowledge() / "calibration.yaml")
    assert calibration.to_yaml() != DEFAULT.to_yaml()
    assert 0 < calibration.thresholds.clarify <= calibration.thresholds.answer < 1
