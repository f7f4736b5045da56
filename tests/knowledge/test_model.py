"""The values that a knowledge base is made of."""

from dataclasses import FrozenInstanceError, replace

import pytest

from faqbot.knowledge.model import KnowledgeBase, Section, SectionKey, SectionText, Topic

HOURS, MENU, DRINKS = (SectionKey("cafe", name) for name in ("hours", "menu", "drinks"))
VIETNAMESE = SectionText("Giờ mở cửa", (), "", "")
ENGLISH = SectionText("Opening hours", (), "", "")
BASE = KnowledgeBase(
    documents=(),
    sections=(
        Section(HOURS, {"vi": VIETNAMESE, "en": ENGLISH}, None),
        Section(MENU, {"vi": VIETNAMESE}, None),
        Section(DRINKS, {"en": ENGLISH}, MENU),
    ),
    topics=(Topic("parking", {"vi": "Gửi xe"}, {"vi": "Chưa có thông tin."}, None),),
)


def test_key_reads_as_document_and_section() -> None:
    assert str(HOURS) == "cafe/hours"


def test_keys_sort_by_document_first() -> None:
    assert sorted([SectionKey("b", "a"), SectionKey("a", "z")]) == [SectionKey("a", "z"), SectionKey("b", "a")]


@pytest.mark.parametrize(
    ("key", "language", "expected"),
    [
        (HOURS, "vi", ("vi", VIETNAMESE)),
        (HOURS, "en", ("en", ENGLISH)),
        (MENU, "en", ("vi", VIETNAMESE)),
        (DRINKS, "vi", ("en", ENGLISH)),
    ],
)
def test_text_is_in_the_language_or_else_in_what_there_is(
    key: SectionKey, language: str, expected: tuple[str, SectionText]
) -> None:
    assert BASE.by_key[key].text_in(language) == expected


def test_every_section_is_found_by_its_key() -> None:
    assert list(BASE.by_key) == [HOURS, MENU, DRINKS]
    assert all(section.key == key for key, section in BASE.by_key.items())


def test_owners_are_sections_and_then_topics() -> None:
    assert list(BASE.by_owner) == ["cafe/hours", "cafe/menu", "cafe/drinks", "topic:parking"]
    assert BASE.by_owner["topic:parking"] is BASE.topics[0]
    assert BASE.by_owner["cafe/menu"] is BASE.sections[1]


@pytest.mark.parametrize(("key", "expected"), [(MENU, [DRINKS]), (HOURS, []), (DRINKS, [])])
def test_children_stand_directly_below(key: SectionKey, expected: list[SectionKey]) -> None:
    assert [section.key for section in BASE.children(key)] == expected


@pytest.mark.parametrize(
    ("key", "related", "expected"),
    [
        (MENU, (), [DRINKS]),
        (MENU, (HOURS, DRINKS, MENU), [DRINKS, HOURS]),
        (HOURS, (DRINKS,), [DRINKS]),
        (HOURS, (), [MENU]),
        (DRINKS, (), []),
    ],
)
def test_what_to_read_next_is_below_or_related_or_else_the_next_section(
    key: SectionKey, related: tuple[SectionKey, ...], expected: list[SectionKey]
) -> None:
    sections = [replace(each, related=related) if each.key == key else each for each in BASE.sections]
    other = Section(SectionKey("other", "first"), {"vi": VIETNAMESE}, None)
    base = replace(BASE, sections=(*sections, other))
    assert [section.key for section in base.read_next(key)] == expected


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        HOURS.section = "menu"  # type: ignore[misc]
