"""What an edit is about is named as people name it."""

from dataclasses import replace

import pytest

from faqbot.assistant import Assistant
from faqbot.helpdesk.proposal import title_of
from faqbot.knowledge.edits import KnowledgeEdit
from faqbot.knowledge.model import SectionKey
from tests.knowledge.editing import EVENINGS, LOCKERS, LONGEST, ROOMS, SCANNER


@pytest.mark.parametrize(
    ("edit", "vietnamese", "english"),
    [
        (LONGEST, "Mượn sách", "Borrowing books"),
        (ROOMS, "Phòng học nhóm", "Study rooms"),
        (LOCKERS, "Tủ đồ", "Lockers"),
        (SCANNER, "In ấn", "Printing"),
        (replace(ROOMS, titles={"en": "Study rooms"}), "Study rooms", "Study rooms"),
        (replace(EVENINGS, section=SectionKey("guide", "gone")), "guide/gone", "guide/gone"),
        (replace(SCANNER, topic="gone"), "gone", "gone"),
    ],
)
def test_an_edit_has_the_title_of_its_section_or_topic(
    library: Assistant, edit: KnowledgeEdit, vietnamese: str, english: str
) -> None:
    assert title_of(edit, library.knowledge, "vi") == vietnamese
    assert title_of(edit, library.knowledge, "en") == english
