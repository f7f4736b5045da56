"""Read the text below a heading: its passages, its plain text, its HTML."""

import re
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.knowledge.model import Passage
from tests.knowledge.building import body_of, parts_of, passages_of

MARKDOWN = st.lists(
    st.sampled_from(
        [
            *[
                "Một. ",
                "Hai! ",
                "ba",
                " ",
                "\n",
                "\n\n",
                "- ",
                "  - ",
                "1. ",
                "> ",
                "**",
                "*",
                "~~",
                "`",
                "```\n",
                "    ",
            ],
            *[
                "[x](http://a.vn)",
                "![](a.png)",
                "![ảnh](a.png)",
                "<b>",
                "<script>",
                "|",
                "\n|-|-|\n",
                "\\",
                "&amp;",
                "---",
            ],
        ]
    ),
    max_size=25,
).map("".join)


def test_each_sentence_is_a_passage() -> None:
    assert passages_of("Mở từ 7 giờ. Chủ nhật nghỉ!\n\nMời vào.") == ["Mở từ 7 giờ.", "Chủ nhật nghỉ!", "Mời vào."]


@pytest.mark.parametrize("line_end", ["\n", "\n  ", "  \n", "\\\n", "\r\n"])
def test_sentence_that_ends_with_its_line_is_a_passage(line_end: str) -> None:
    assert passages_of(f"Mở từ 7 giờ.{line_end}Chủ nhật nghỉ.") == ["Mở từ 7 giờ.", "Chủ nhật nghỉ."]


@pytest.mark.parametrize("line_end", ["\n", "\n  ", "  \n"])
def test_sentence_may_run_over_several_lines(line_end: str) -> None:
    assert passages_of(f"Mở từ 7 giờ{line_end}đến 22 giờ.") == ["Mở từ 7 giờ đến 22 giờ."]


@pytest.mark.parametrize(
    "opening", ["**Chủ nhật**", "*Chủ nhật*", "[Chủ nhật](https://a.vn)", "`Chủ nhật`", "~~Chủ nhật~~"]
)
def test_sentence_may_begin_with_markup(opening: str) -> None:
    assert passages_of(f"Mở từ 7 giờ. {opening} nghỉ.") == ["Mở từ 7 giờ.", "Chủ nhật nghỉ."]


@pytest.mark.parametrize("inside", ["**Mở. Đóng.**", "*Mở. Đóng.*", "[Mở. Đóng.](https://a.vn)", "`Mở. Đóng.`"])
def test_markup_is_never_cut_apart(inside: str) -> None:
    assert passages_of(inside) == ["Mở. Đóng."]


def test_sentence_may_end_behind_emphasis() -> None:
    assert passages_of("Trà **đào**. Cà *phê*. Hết.") == ["Trà đào.", "Cà phê.", "Hết."]


def test_each_list_item_is_a_passage() -> None:
    body = body_of("1. Cà phê\n2. Trà đào\n\n- Bánh")
    assert [passage.text for passage in body.passages] == ["Cà phê", "Trà đào", "Bánh"]
    assert body.text == "1. Cà phê\n2. Trà đào\n- Bánh"


def test_item_that_names_nested_ones_is_their_context() -> None:
    body = body_of("- Đồ uống\n  - Nóng:\n    - Trà\n  - Nước suối\n- Bánh\n\nHết.")
    assert body.passages == (
        Passage("Trà", "Đồ uống Nóng:", listed=True),
        Passage("Nước suối", "Đồ uống", listed=True),
        Passage("Bánh", "", listed=True),
        Passage("Hết.", ""),
    )
    assert body.text == "- Đồ uống\n  - Nóng:\n    - Trà\n  - Nước suối\n- Bánh\nHết."


def test_paragraph_before_a_list_is_its_context_and_a_passage() -> None:
    assert body_of("Quán có:\n\n- Trà").passages == (Passage("Quán có:", ""), Passage("Trà", "Quán có:", listed=True))


def test_list_in_an_item_without_text_has_no_context() -> None:
    contexts = [passage.context for passage in body_of("- Cà phê\n- - Trà đào").passages]
    assert contexts == ["", ""]


def test_second_paragraph_of_an_item_has_no_bullet() -> None:
    assert body_of("- Cà phê\n\n  Pha phin\n- Trà").text == "- Cà phê\n  Pha phin\n- Trà"


def test_numbers_of_a_list_are_kept() -> None:
    body = body_of("3) Trà\n4) Bánh")
    assert body.text == "3) Trà\n4) Bánh"
    assert '<ol start="3">' in body.html


@pytest.mark.parametrize(
    "code", ["```\nMat khau: 1234\nHet\n```", "~~~sh\nMat khau: 1234\nHet\n~~~", "    Mat khau: 1234\n    Het"]
)
def test_code_block_is_one_passage_and_stands_in_the_text(code: str) -> None:
    body = body_of(f"Trước.\n\n{code}\n\nSau.")
    assert [passage.text for passage in body.passages] == ["Trước.", "Mat khau: 1234 Het", "Sau."]
    assert "Mat khau: 1234" in body.text


def test_each_row_of_a_table_is_a_passage_below_its_head() -> None:
    body = body_of("Bảng giá:\n\n| Món | Giá |\n|---|---|\n| **Trà** đá | 20.000 |\n| Bánh | |\n\nHết.")
    assert body.passages == (
        Passage("Bảng giá:", ""),
        Passage("Trà đá: 20.000", "Bảng giá: Món: Giá", listed=True),
        Passage("Bánh", "Bảng giá: Món: Giá", listed=True),
        Passage("Hết.", ""),
    )
    assert body.text == "Bảng giá:\nMón: Giá\nTrà đá: 20.000\nBánh\nHết."


def test_each_cell_of_a_row_is_marked_with_the_row() -> None:
    html = body_of("| Món | Giá |\n|---|---|\n| Trà | 20.000 |\n| | 5.000 |").html
    assert "<th>Món</th>" in html
    assert '<td><span data-passage="0">Trà</span></td>\n<td><span data-passage="0">20.000</span></td>' in html
    assert '<td></td>\n<td><span data-passage="1">5.000</span></td>' in html


def test_a_table_of_nothing_but_a_head_is_a_passage() -> None:
    assert passages_of("| Món | Giá |\n|---|---|\n") == ["Món: Giá"]


def test_a_table_in_a_list_stands_under_the_item() -> None:
    body = body_of("- Đồ uống\n\n  | Món | Giá |\n  |---|---|\n  | Trà | 20.000 |\n- Bánh")
    assert [(each.text, each.context) for each in body.passages] == [
        ("Đồ uống", ""),
        ("Trà: 20.000", "Đồ uống Món: Giá"),
        ("Bánh", ""),
    ]


@pytest.mark.parametrize(
    "text", ["", "---", "```\n```", "![](quan.png)", "- ", "| | |\n|---|---|\n| | |", "[](https://a.vn)", ">"]
)
def test_what_says_nothing_is_no_passage(text: str) -> None:
    body = body_of(text)
    assert body.passages == ()
    assert body.text.strip("- ") == ""


def test_text_has_no_markup() -> None:
    text = '**Trà** *đào* ~~cũ~~ `lạnh` [xem](https://a.vn "Quán") ![ảnh](a.png) &amp; \\*sao\\*'
    assert passages_of(text) == ["Trà đào cũ lạnh xem ảnh & *sao*"]


def test_quote_is_read_as_text() -> None:
    body = body_of("> ## Khách nói\n> Ngon!")
    assert [passage.text for passage in body.passages] == ["Khách nói", "Ngon!"]
    assert body.html.startswith("<blockquote>")


def test_passages_are_marked_in_html() -> None:
    html = body_of("Mở từ 7 giờ. Có **trà**.\n\n- Bánh").html
    assert html == (
        '<p><span data-passage="0">Mở từ 7 giờ. </span><span data-passage="1">Có <strong>trà</strong>.</span></p>\n'
        '<ul>\n<li><span data-passage="2">Bánh</span></li>\n</ul>'
    )


def test_links_do_not_tell_where_they_were_followed_from() -> None:
    html = body_of('[Quán](https://a.vn "Trang quán")').html
    assert '<a href="https://a.vn" title="Trang quán" rel="noopener noreferrer">Quán</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=//a.vn>\n\n</SCRIPT>",
        "Trà <b onclick=alert(1)>đào</b>",
        "<img src=x onerror=alert(1)>",
        "<div>\n<iframe src=//a.vn></iframe>\n</div>",
        "[x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        '[x](https://a.vn "\\"onmouseover=alert(1) ")',
        "`<script>alert(1)</script>`",
        "```<script>\n</code><script>alert(1)</script>\n```",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_nothing_that_runs_comes_through(text: str) -> None:
    tags = re.findall(r"<[^>]*>", body_of(f"Trà. {text}").html.lower())
    assert not [
        tag for tag in tags if re.search(r"<(?:script|img|iframe|b |div)|\son\w+\s*=|javascript:|data:text", tag)
    ]


def test_an_item_with_two_bold_ends_is_a_passage_of_its_own() -> None:
    body = body_of("- **Trà đào** ngon hơn rất nhiều so với **cà phê**\n  - ít đường\n")
    assert body.passages[0].text == "Trà đào ngon hơn rất nhiều so với cà phê"


@given(MARKDOWN)
def test_passages_are_trimmed_and_never_blank(text: str) -> None:
    passages = [passage.text for part in parts_of(text) for passage in part.body.passages]
    assert all(passage and passage == passage.strip() for passage in passages)


@given(MARKDOWN)
def test_every_passage_is_marked_once(text: str) -> None:
    """A row of a table has a mark in each of its cells."""
    for body in (part.body for part in parts_of(text)):
        marks = [number for number, _ in groupby(re.findall(r'data-passage="(\d+)"', body.html))]
        assert marks == [str(at) for at in range(len(body.passages))]


@given(MARKDOWN)
def test_plain_text_holds_every_passage(text: str) -> None:
    for body in (part.body for part in parts_of(text)):
        letters = "".join(body.text.split())
        assert all("".join(passage.text.split()) in letters for passage in body.passages)
