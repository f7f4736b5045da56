"""Numbers are written as the readers of a language write them."""

import pytest

from faqbot.helpdesk.numeral import numeral


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (1234567.25, 1, "1.234.567,2", "1,234,567.2"),
        (16143, 0, "16.143", "16,143"),
        (0.5, 2, "0,50", "0.50"),
        (-1000, 0, "-1.000", "-1,000"),
        (999, 0, "999", "999"),
    ],
)
def test_a_number_has_the_marks_of_its_language(value: float, decimals: int, vietnamese: str, english: str) -> None:
    assert numeral(value, "vi", decimals) == vietnamese
    assert numeral(value, "en", decimals) == english
