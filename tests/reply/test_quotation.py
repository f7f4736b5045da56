"""A section is quoted word for word, with the passage that answers marked."""

from faqbot.knowledge.model import Passage, SectionText
from faqbot.reply.quotation import section_html
from tests.quoted import CARD, LOANS_EN, RENEWAL_VI


def test_section_without_a_passage_to_mark_has_no_trace_of_any() -> None:
    html = section_html(LOANS_EN)
    assert "span" not in html
    assert "mark" not in html


def test_passage_of_another_section_is_not_marked() -> None:
    assert section_html(LOANS_EN, Passage("Closed on Sundays.", "")) == section_html(LOANS_EN)


def test_spaces_behind_a_marked_sentence_stay_outside_the_mark() -> None:
    assert "<mark>Bring &lt;b&gt;your&lt;/b&gt; card &amp; a form.</mark> </p>" in section_html(LOANS_EN, CARD)


def test_a_row_of_a_table_is_marked_cell_by_cell() -> None:
    row = Passage("Tea: 20.000", "Drink: Price", listed=True)
    cells = '<td><span data-passage="0">Tea</span></td><td><span data-passage="0">20.000</span></td>'
    html = section_html(SectionText("Prices", (row,), row.text, f"<table><tr>{cells}</tr></table>"), row)
    assert html == "<table><tr><td><mark>Tea</mark></td><td><mark>20.000</mark></td></tr></table>"


def test_heading_without_text_lists_its_subsections_escaped() -> None:
    parent = SectionText("Borrowing", (Passage("Loans <1>", "", True), Passage("Renewal", "", True)), "", "")
    assert section_html(parent) == "<ul><li>Loans &lt;1&gt;</li><li>Renewal</li></ul>"


def test_section_with_nothing_in_it_is_empty() -> None:
    assert section_html(RENEWAL_VI) == ""
