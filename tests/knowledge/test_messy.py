"""A document as people really write them: tests/data/messy.vi.md loads, and what comes out is clean."""

import re
import unicodedata

import pytest

from faqbot.errors import Fault
from faqbot.knowledge.loader import load
from faqbot.knowledge.markdown import parse_markdown
from faqbot.knowledge.model import KnowledgeBase, SectionKey, SectionText
from tests.conftest import DATA
from tests.growth import EVEN, growth

MESSY = DATA / "messy.vi.md"
TITLES = {
    "gio-mo-cua": "Giờ mở cửa",
    "section-2": "section-2",
    "thuc-don": "Thực đơn",
    "ca-phe": "Cà phê",
    "gio-mo-cua-2": "Giờ mở cửa",
    "bang-gia": "Bảng giá",
    "chi-duong-script-alert-tieu-de-script": 'Chỉ đường <script>alert("tiêu đề")</script>',
    "mat-khau-wi-fi": "Mật khẩu Wi-Fi",
    "noi-quy": "Nội quy",
    "thu-cung": "Thú cưng",
    "hut-thuoc": "Hút thuốc",
}


@pytest.fixture(scope="module")
def messy() -> KnowledgeBase:
    return load(MESSY)


def text_of(messy: KnowledgeBase, section: str) -> SectionText:
    return messy.by_key[SectionKey("messy", section)].texts["vi"]


def passages_of(messy: KnowledgeBase, section: str) -> list[str]:
    return [passage.text for passage in text_of(messy, section).passages]


def test_file_is_as_messy_as_it_should_be() -> None:
    content = MESSY.read_bytes()
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 50
    assert not unicodedata.is_normalized("NFC", text)


def test_every_heading_becomes_a_section_with_an_id(messy: KnowledgeBase) -> None:
    assert {section.key.section: section.texts["vi"].title for section in messy.sections} == TITLES
    assert [key.section for key in messy.documents[0].sections] == list(TITLES)


def test_document_has_the_title_of_its_first_heading(messy: KnowledgeBase) -> None:
    (document,) = messy.documents
    assert (document.id, dict(document.titles)) == ("messy", {"vi": "Quán cà phê Gió Lộng"})


@pytest.mark.parametrize(
    ("section", "parent"),
    [
        ("section-2", None),
        ("thuc-don", None),
        ("ca-phe", "thuc-don"),
        ("gio-mo-cua-2", "thuc-don"),
        ("bang-gia", "thuc-don"),
        ("thu-cung", "noi-quy"),
    ],
)
def test_skipped_levels_leave_parents_right(section: str, parent: str | None, messy: KnowledgeBase) -> None:
    found = messy.by_key[SectionKey("messy", section)].parent
    assert (found.section if found else None) == parent


@pytest.mark.parametrize(
    ("section", "passages"),
    [
        (
            "gio-mo-cua",
            ["Quán mở từ 6 giờ 30 đến 22 giờ.", "Chủ nhật quán ngĩ buổi sáng, xin quý khách thông kảm."],
        ),
        ("gio-mo-cua-2", ["Riêng quầy mang đi mở từ 5 giờ."]),
        ("section-2", ["Đoạn này nằm dưới một tiêu đề trống."]),
        ("bang-gia", ["Trà đào: 35.000 đồng", "Bánh mì"]),
        ("mat-khau-wi-fi", ["SSID: GioLong Mat khau: xinloi"]),
        ("noi-quy", ["Thú cưng", "Hút thuốc"]),
        ("hut-thuoc", []),
    ],
)
def test_passages_are_word_for_word_even_with_typos(section: str, passages: list[str], messy: KnowledgeBase) -> None:
    assert passages_of(messy, section) == passages


def test_nested_items_know_what_they_stand_under(messy: KnowledgeBase) -> None:
    contexts = {passage.text: passage.context for passage in text_of(messy, "ca-phe").passages}
    assert contexts["đen đá: 20.000 đồng"] == "Cà phê pha phin"
    assert contexts["thêm sữa: 5.000 đồng"] == "Cà phê pha phin sữa đá: 25.000 đồng"
    assert contexts["Có máy xay riêng."] == ""


def test_nested_list_is_indented_in_plain_text(messy: KnowledgeBase) -> None:
    assert text_of(messy, "ca-phe").text.splitlines() == [
        "- Cà phê pha phin",
        "  - đen đá: 20.000 đồng",
        "  - sữa đá: 25.000 đồng",
        "    - thêm sữa: 5.000 đồng",
        "- Cà phê pha máy: hỏi quầy. Có máy xay riêng.",
    ]


def test_code_block_stands_in_text_and_html(messy: KnowledgeBase) -> None:
    text = text_of(messy, "mat-khau-wi-fi")
    assert "SSID: GioLong" in text.text
    assert "<pre>" in text.html


def test_everything_comes_out_composed(messy: KnowledgeBase) -> None:
    texts = [text for section in messy.sections for text in section.texts.values()]
    written = [word for text in texts for word in (text.title, text.text, text.html, *(p.text for p in text.passages))]
    assert [word for word in written if not unicodedata.is_normalized("NFC", word)] == []


def test_script_is_shown_but_never_runs(messy: KnowledgeBase) -> None:
    html = text_of(messy, "chi-duong-script-alert-tieu-de-script").html
    assert "&lt;script&gt;" in html
    assert not re.search(r"<script|<b |href=.javascript", html)
    assert '<a href="https://example.com" title="Trang quán" rel="noopener noreferrer">trang của quán</a>' in html


def test_every_passage_is_marked_in_html(messy: KnowledgeBase) -> None:
    texts = [section.texts["vi"] for section in messy.sections if section.texts["vi"].html]
    marked = [len(set(re.findall(r'<span data-passage="\d+">', text.html))) for text in texts]
    assert marked == [len(text.passages) for text in texts]


def test_only_the_heading_without_anything_below_is_warned_of(messy: KnowledgeBase) -> None:
    line = MESSY.read_text("utf-8-sig").splitlines().index(unicodedata.normalize("NFD", "##### Hút thuốc")) + 1
    assert messy.warnings == (Fault(str(MESSY), line, "warning", "section 'hut-thuoc' is a heading without text"),)


@pytest.mark.parametrize(
    "piece", ["# a\n", "a\n\n", "- a\n  ", "[", "![", "| a | b |\n|---|---|\n\n", "**a", "> ", "`"]
)
def test_a_long_document_takes_even_time(piece: str) -> None:
    def read(text: str) -> None:
        parse_markdown(text, "long.vi.md", [])

    assert growth(read, lambda length: (piece * (length // len(piece) + 1))[:length]) <= EVEN
