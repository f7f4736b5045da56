"""A row of a table as one line of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.knowledge.rows import row_text

CELLS = st.lists(st.sampled_from(["", "Trà", "20.000", "Giá:", "Bán không?"]), max_size=5)


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["Trà", "20.000"], "Trà: 20.000"),
        (["Giá:", "20.000"], "Giá: 20.000"),
        (["Có trà không?", "Có."], "Có trà không? Có."),
        (["Trà", "nóng", "20.000"], "Trà | nóng | 20.000"),
        (["Trà", "", "20.000"], "Trà | 20.000"),
        (["Trà", ""], "Trà"),
        (["", "20.000"], "20.000"),
        (["Trà"], "Trà"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_cells_are_joined_so_that_they_read_well(cells: list[str], text: str) -> None:
    assert row_text(cells) == text


@given(CELLS)
def test_every_cell_stands_in_the_row_in_its_order(cells: list[str]) -> None:
    text, at = row_text(cells), 0
    for cell in cells:
        at = text.index(cell, at) + len(cell)
