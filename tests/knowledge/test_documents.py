"""Markdown files become documents."""

import unicodedata
from itertools import permutations

import pytest

from faqbot.errors import Fault
from faqbot.knowledge.documents import read_documents
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.model import Document, Section, SectionKey
from tests.knowledge.building import CAFE

ENGLISH = (
    "# Café\n\n## Opening hours {#hours}\n\nOpen from 7. Closed on Sundays.\n\n## Menu {#menu}\n\n- Coffee\n- Tea\n"
)


def file(name: str, text: str) -> TextFile:
    folder, _, base = name.rpartition("/")
    return TextFile(f"docs/{name}", folder, base, text)


def read(files: dict[str, str]) -> tuple[list[Document], list[Section], list[Fault]]:
    faults: list[Fault] = []
    found = read_documents([file(name, text) for name, text in files.items()], faults)
    return [each.document for each in found], [section for each in found for section in each.sections], faults


def parents(sections: list[Section]) -> dict[str, str | None]:
    return {section.key.section: section.parent.section if section.parent else None for section in sections}


def test_languages_of_one_document_are_brought_together() -> None:
    (document,), sections, faults = read({"cafe/guide.en.md": ENGLISH, "cafe/guide.vi.md": CAFE})
    assert (document.id, dict(document.titles)) == ("cafe", {"vi": "Quán", "en": "Café"})
    assert document.sections == (SectionKey("cafe", "hours"), SectionKey("cafe", "menu"))
    assert [section.texts["en"].title for section in sections] == ["Opening hours", "Menu"]
    assert not faults


def test_order_of_the_files_changes_nothing() -> None:
    names = {"cafe/guide.en.md": ENGLISH, "cafe/guide.vi.md": CAFE, "b.vi.md": "## Khác\n\nx"}
    readings = [read({name: names[name] for name in order})[1] for order in permutations(names)]
    assert all(sorted(map(str, reading)) == sorted(map(str, readings[0])) for reading in readings)


def test_section_has_the_default_language_first() -> None:
    _, sections, _ = read({"cafe/guide.en.md": ENGLISH, "cafe/guide.vi.md": CAFE})
    assert {tuple(section.texts) for section in sections} == {("vi", "en")}


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["cafe/guide.vi.md"], ["cafe"]),
        (["cafe/guide.vi.md", "cafe/guide.en.md"], ["cafe"]),
        (["cafe/guide.vi.md", "cafe/menu.vi.md"], ["cafe-guide", "cafe-menu"]),
        (["guide.vi.md"], ["guide"]),
        (["Nội quy.VI.MD"], ["noi-quy"]),
        (["a/b/guide.vi.md"], ["a-b"]),
        (["guide.fr.md"], ["guide-fr"]),
        (["日本/guide.md"], ["document"]),
        (["日本.md"], ["document"]),
    ],
)
def test_document_is_named_by_its_folder_if_alone_there(names: list[str], ids: list[str]) -> None:
    documents, _, faults = read(dict.fromkeys(names, CAFE))
    assert [document.id for document in documents] == ids
    assert not faults


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("guide.vi.md", ENGLISH, "vi"),
        ("guide.EN.md", CAFE, "en"),
        ("guide.md", CAFE, "vi"),
        ("guide.md", ENGLISH, "en"),
        ("guide.md", "## 1\n\n2", "vi"),
        ("guide.md", unicodedata.normalize("NFD", CAFE), "vi"),
    ],
)
def test_language_is_in_the_name_or_else_guessed(name: str, text: str, language: str) -> None:
    (document,), _, _ = read({name: text})
    assert list(document.titles) == [language]


def test_same_language_twice_is_a_fault() -> None:
    _, _, faults = read({"cafe/guide.md": CAFE, "cafe/guide.vi.md": CAFE})
    assert faults == [
        Fault("docs/cafe/guide.vi.md", 0, "error", "docs/cafe/guide.md is the same document in the same language")
    ]


def test_two_documents_with_one_id_are_a_fault() -> None:
    _, _, faults = read({"a b.vi.md": CAFE, "a-b.vi.md": CAFE})
    assert faults == [Fault("docs/a-b.vi.md", 0, "error", "document id 'a-b' is already that of docs/a b.vi.md")]


def test_section_missing_in_one_language_is_a_warning_that_names_it() -> None:
    _, sections, faults = read({"c/g.vi.md": CAFE + "\n## Gửi xe {#parking}\n\nMiễn phí.\n", "c/g.en.md": ENGLISH})
    assert faults == [Fault("docs/c/g.vi.md", 12, "warning", "section 'parking' is missing in docs/c/g.en.md")]
    assert list(sections[-1].texts) == ["vi"]


def test_section_that_only_the_second_language_has_is_a_warning_too() -> None:
    _, sections, faults = read({"c/g.vi.md": CAFE, "c/g.en.md": ENGLISH + "\n## Parking {#parking}\n\nFree.\n"})
    assert faults == [Fault("docs/c/g.en.md", 12, "warning", "section 'parking' is missing in docs/c/g.vi.md")]
    assert list(sections[-1].texts) == ["en"]


def test_heading_without_text_and_subsections_is_a_warning() -> None:
    _, sections, faults = read({"g.vi.md": "## Giờ\n\n## Giá\n\nRẻ.\n"})
    assert faults == [Fault("docs/g.vi.md", 1, "warning", "section 'gio' is a heading without text")]
    assert sections[0].texts["vi"].passages == ()


def test_heading_without_text_lists_its_subsections() -> None:
    _, (menu, *_), faults = read(
        {"g.vi.md": "## Đồ uống\n\n### Trà\n\nx\n\n#### Trà đá\n\ny\n\n###\n\nz\n\n### Bánh\n\nt\n"}
    )
    text = menu.texts["vi"]
    assert [(passage.text, passage.listed) for passage in text.passages] == [("Trà", True), ("Bánh", True)]
    assert (text.text, text.html, faults) == ("- Trà\n- Bánh", "", [])


def test_heading_without_words_is_called_by_its_id() -> None:
    _, sections, _ = read({"g.vi.md": "##\n\nx\n\n## {#gia}\n\ny"})
    assert [section.texts["vi"].title for section in sections] == ["section-1", "gia"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([2, 3, 3, 2], [None, 0, 0, None]),
        ([1, 4, 6, 5, 2], [None, 0, 1, 1, 0]),
        ([4, 2, 3, 1], [None, None, 1, None]),
        ([2, 2, 2], [None, None, None]),
    ],
)
def test_parent_is_the_nearest_higher_heading_before(levels: list[int], expected: list[int | None]) -> None:
    text = "\n\n".join(f"{'#' * level} S{at}\n\nx" for at, level in enumerate(levels))
    _, sections, _ = read({"g.vi.md": text})
    wanted = {f"s{at}": None if parent is None else f"s{parent}" for at, parent in enumerate(expected)}
    assert parents(sections) == wanted


def test_section_of_the_second_language_alone_stands_below_its_own_heading() -> None:
    vietnamese = "## Giờ {#hours}\n\nx\n\n## Đơn {#menu}\n\ny"
    english = "## Hours {#hours}\n\nx\n\n### Holidays {#holidays}\n\nz\n\n## Menu {#menu}\n\ny"
    _, sections, _ = read({"c/g.vi.md": vietnamese, "c/g.en.md": english})
    assert parents(sections) == {"hours": None, "menu": None, "holidays": "hours"}


def test_no_files_give_no_documents() -> None:
    assert read({}) == ([], [], [])


def test_a_section_is_public_in_all_languages_or_in_none() -> None:
    texts = {"g.vi.md": "## Giờ {#hours .public}\n\nx\n", "g.en.md": "## Hours {#hours}\n\ny\n"}
    _, _, faults = read(texts)
    message = "section 'hours' is public in one language and not in docs/g.vi.md"
    assert faults == [Fault("docs/g.en.md", 1, "error", message)]


def test_a_section_is_inner_unless_it_is_marked() -> None:
    _, sections, _ = read({"g.vi.md": "## Giờ {.public}\n\nx\n\n### Ngày lễ\n\ny\n"})
    assert [section.public for section in sections] == [True, False]


def test_a_public_heading_without_text_lists_its_public_subsections_alone() -> None:
    _, (menu, *_), _ = read({"g.vi.md": "## Đồ uống {.public}\n\n### Trà {.public}\n\nx\n\n### Giá vốn\n\ny\n"})
    assert menu.texts["vi"].text == "- Trà"
