"""Cut a Markdown text at its headings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.errors import Fault
from faqbot.knowledge.markdown import parse_markdown, slug
from tests.knowledge.building import LAW, parts_of

LINES = st.sampled_from(
    [
        "# Quán",
        "## Giờ",
        "## Giờ {#hours}",
        "### {#x}",
        "#",
        "######",
        "Chữ",
        "",
        "- mục",
        "===",
        "---",
        "> # trích",
        "```",
        "\t",
    ]
)


def faults_in(text: str) -> list[Fault]:
    faults: list[Fault] = []
    parse_markdown(text, "cafe.vi.md", faults)
    return faults


def title_of(text: str) -> str:
    return parse_markdown(text, "menu/cafe.vi.md", []).title


def test_text_is_cut_at_its_headings() -> None:
    parts = parts_of("# Quán\n\nMời vào.\n\n## Giờ mở cửa {#hours}\n\n7 giờ.\n\nGiá\n---\nRẻ.")
    assert [(part.id, part.title, part.level, part.line, part.body.text) for part in parts] == [
        ("quan", "Quán", 1, 1, "Mời vào."),
        ("hours", "Giờ mở cửa", 2, 5, "7 giờ."),
        ("gia", "Giá", 2, 9, "Rẻ."),
    ]


@pytest.mark.parametrize(
    ("text", "title", "ids"),
    [
        ("# Quán\n\n## Giờ\n\nx", "Quán", ["gio"]),
        ("# Quán\n\nChào.\n\n## Giờ\n\nx", "Quán", ["quan", "gio"]),
        ("# Quán", "Quán", ["quan"]),
        ("## Giờ\n\nx\n\n# Quán\n\ny", "Giờ", ["gio", "quan"]),
        ("Chào.\n\n# Quán\n\nx", "cafe", ["cafe", "quan"]),
        ("Chỉ có chữ.", "cafe", ["cafe"]),
        ("", "cafe", []),
        ("#\n\n## Giờ\n\nx", "cafe", ["gio"]),
        ("##\n\nx", "cafe", ["section-1"]),
    ],
)
def test_title_is_the_leading_heading_or_else_the_name(text: str, title: str, ids: list[str]) -> None:
    assert title_of(text) == title
    assert [part.id for part in parse_markdown(text, "menu/cafe.vi.md", []).parts] == ids


@pytest.mark.parametrize(
    ("heading", "identifier", "title"),
    [
        ("Giờ mở cửa {#hours}", "hours", "Giờ mở cửa"),
        ("Giờ mở cửa { #hours }", "hours", "Giờ mở cửa"),
        ("Giờ mở cửa {#hours} ##", "hours", "Giờ mở cửa"),
        ("Giờ mở cửa {.wide #hours}", "hours", "Giờ mở cửa"),
        ("Giờ **mở** `cửa` {#hours}", "hours", "Giờ mở cửa"),
        ("Giờ mở cửa {.wide}", "gio-mo-cua", "Giờ mở cửa"),
        ("{#hours}", "hours", ""),
        ("Giờ {#hours} mở", "gio-hours-mo", "Giờ {#hours} mở"),
        ("Giờ {mở cửa!}", "gio-mo-cua", "Giờ {mở cửa!}"),
        ("Đồ  uống", "do-uong", "Đồ uống"),
        ("", "section-1", ""),
        ("???", "section-1", "???"),
        ("日本", "section-1", "日本"),
    ],
)
def test_id_stands_behind_the_heading_or_comes_from_its_words(heading: str, identifier: str, title: str) -> None:
    (part,) = parts_of(f"## {heading}\n\nx")
    assert (part.id, part.title) == (identifier, title)


def test_repeated_headings_get_numbers_and_leave_given_ids_alone() -> None:
    parts = parts_of("## Giờ\n\n## Giờ\n\n## Giờ\n\n## Khác {#gio-2}")
    assert [part.id for part in parts] == ["gio", "gio-3", "gio-4", "gio-2"]


def test_id_given_twice_is_a_fault_that_names_both_lines() -> None:
    assert faults_in("## Giờ {#a}\n\n## Giá {#a}\n\n## Chỗ {#a}") == [
        Fault("cafe.vi.md", 3, "error", "id 'a' is already at line 1"),
        Fault("cafe.vi.md", 5, "error", "id 'a' is already at line 1"),
    ]


@pytest.mark.parametrize("identifier", ["Hours", "giờ", "a_b", "a--b", "-a", "a-"])
def test_id_with_other_characters_is_a_fault(identifier: str) -> None:
    faults = faults_in(f"# Quán\n\n## Giờ {{#{identifier}}}\n")
    assert [(fault.line, fault.severity) for fault in faults] == [(3, "error")]
    assert "lower-case letters, digits, single hyphens" in faults[0].message


@pytest.mark.parametrize("behind", ["{#Giờ mở}", "{#hours.public}", "{.public hours}", "{# hours}"])
def test_what_looks_like_an_id_and_is_none_is_warned_of(behind: str) -> None:
    faults = faults_in(f"# Quán\n\n## Giờ {behind}\n")
    assert [(fault.line, fault.severity) for fault in faults] == [(3, "warning")]
    assert f"'{behind}' is read as words of the heading" in faults[0].message


@pytest.mark.parametrize("heading", ["Giờ {mở cửa}", "Giờ {#hours} mở", "Giờ {{#hours}}", "Giờ {.wide}"])
def test_other_braces_are_words_like_any(heading: str) -> None:
    assert faults_in(f"# Quán\n\n## {heading}\n") == []


def test_heading_inside_a_quote_or_a_list_cuts_nothing() -> None:
    (part,) = parts_of("## Quán\n\n> # Trích\n\n- # Mục\n\n```\n# chú thích\n```")
    assert [passage.text for passage in part.body.passages] == ["Trích", "Mục", "# chú thích"]


@pytest.mark.parametrize("level", range(1, 7))
def test_level_is_the_depth_of_the_heading(level: int) -> None:
    (part,) = parts_of(f"{'#' * level} Quán\n\nx")
    assert part.level == level


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(line_end: str) -> None:
    text = "# Quán\n\n## Giờ {#hours}\n\nMở từ 7 giờ\nđến 22 giờ.\n\n- Trà\n"
    assert parts_of(text.replace("\n", line_end)) == parts_of(text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Yêu cầu của KVM", "yeu-cau-cua-kvm"),
        ("Đồ uống & bánh (mới!)", "do-uong-banh-moi"),
        ("  --Wi-Fi--  ", "wi-fi"),
        ("☕", ""),
        ("", ""),
    ],
)
def test_slug_keeps_plain_letters_and_digits(title: str, expected: str) -> None:
    assert slug(title) == expected


@LAW
@given(st.text())
def test_slug_is_an_id_and_its_own_slug(title: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(title))
    assert slug(slug(title)) == slug(title)


@LAW
@given(st.text() | st.lists(LINES, max_size=15).map("\n".join))
def test_any_text_parses_into_parts_in_order(text: str) -> None:
    parts = parse_markdown(text, "cafe.vi.md", []).parts
    assert all(part.id for part in parts)
    assert [part.line for part in parts] == sorted({part.line for part in parts})


@LAW
@given(st.lists(LINES, max_size=15))
def test_ids_are_unique_unless_a_fault_says_so(lines: list[str]) -> None:
    faults: list[Fault] = []
    parts = parse_markdown("\n".join(lines), "cafe.vi.md", faults).parts
    assert len(parts) - len({part.id for part in parts}) == len(faults)


@LAW
@given(st.lists(LINES, max_size=15).map("\n".join))
def test_a_document_never_lacks_a_title(text: str) -> None:
    assert title_of(text)


@pytest.mark.parametrize(
    ("heading", "public"),
    [
        ("## Giờ {#hours .public}", True),
        ("## Giờ {.public}", True),
        ("## Giờ {.new .public #hours}", True),
        ("## Giờ {#hours}", False),
        ("## Giờ {#public}", False),
        ("## Giờ {.publicity}", False),
        ("## Giờ .public", False),
    ],
)
def test_a_class_behind_the_heading_makes_a_section_public(heading: str, public: bool) -> None:
    (part,) = parts_of(f"{heading}\n\n7 giờ.")
    assert part.public is public
