"""A new section is written as it will be read, or refused."""

from dataclasses import replace

import pytest

from faqbot.errors import EditError
from faqbot.knowledge.new_section import markdown_of, text_of
from tests.knowledge.editing import ROOMS


def test_a_section_is_read_as_it_is_written() -> None:
    text = text_of(ROOMS, "vi")
    assert (text.title, text.text) == ("Phòng học nhóm", "Có 4 phòng.\n- Đặt trước một ngày.\n- Tối đa 2 giờ.")
    assert [passage.text for passage in text.passages] == ["Có 4 phòng.", "Đặt trước một ngày.", "Tối đa 2 giờ."]


@pytest.mark.parametrize(
    ("beside", "heading"),
    [
        ("", "##"),
        ("# Library\n\n## Loans\n\nFive books.\n", "##"),
        ("# Loans\n\nFive books.\n", "##"),
        ("# Loans\n\nFive books.\n\n# Fines\n\nNone.\n", "#"),
    ],
)
def test_its_heading_is_like_those_beside_it(beside: str, heading: str) -> None:
    markdown = markdown_of(ROOMS, "en", beside)
    assert markdown == f"{heading} Study rooms {{#rooms}}\n\nThere are 4 rooms.\n\nBook a day ahead."


@pytest.mark.parametrize(
    ("body", "reason"),
    [("## Rooms\n\nThere are 4.", "has_headings"), ("```\nThere are 4.", "has_headings"), ("[a]: b", "no_text")],
)
def test_what_is_not_one_section_with_a_text_is_refused(body: str, reason: str) -> None:
    with pytest.raises(EditError) as caught:
        text_of(replace(ROOMS, bodies={"en": body}), "en")
    assert (caught.value.reason, caught.value.what) == (reason, "en")
