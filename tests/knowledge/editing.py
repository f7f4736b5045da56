"""Edits of the school library's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faqbot.knowledge.edits import (
    KnowledgeEdit,
    MoreQuestions,
    MoreTopicQuestions,
    NewSection,
    NewTopic,
    content_of,
)
from faqbot.knowledge.files import read_files
from faqbot.knowledge.model import SectionKey
from faqbot.knowledge.overlay import Overlaid, overlay

LOANS = SectionKey("guide", "loans")
EVENINGS = MoreQuestions(
    SectionKey("guide", "hours"), (("vi", "hai mươi hai giờ còn mở không"), ("en", "is it open at night"))
)
LONGEST = MoreQuestions(
    LOANS,
    (("vi", "ôm sách về tối đa mấy hôm"),),
    {"vi": "Hạn mượn là 14 ngày.", "en": "The loan period is 14 days."},
)
ROOMS = NewSection(
    SectionKey("guide", "rooms"),
    {"vi": "Phòng học nhóm", "en": "Study rooms"},
    {
        "vi": "Có 4 phòng.\n\n- Đặt trước **một ngày**.\n- Tối đa 2 giờ.",
        "en": "There are 4 rooms.\n\nBook a day ahead.",
    },
    (("vi", "đặt phòng nhóm ra sao"), ("en", "how do I book a study room")),
)
LOCKERS = NewTopic(
    "guide",
    "lockers",
    {"vi": "Tủ đồ", "en": "Lockers"},
    {"vi": "Nội quy chưa nói về tủ đồ. Bạn hỏi quầy nhé.", "en": "Lockers are not covered. Please ask at the desk."},
    "hours",
    (("vi", "gửi ba lô ở đâu"), ("en", "where can I leave my bag")),
)
SCANNER = MoreTopicQuestions("printing", (("en", "is there a scanner"), ("vi", "quét tài liệu được không")))
GOOD: tuple[KnowledgeEdit, ...] = (EVENINGS, LONGEST, ROOMS, LOCKERS, SCANNER)
"""Edits that know nothing of each other."""


@dataclass(frozen=True)
class Kept:
    """An edit as a store keeps it."""

    id: int
    kind: str
    content: Mapping[str, Any]


def kept(*edits: KnowledgeEdit) -> list[Kept]:
    """Number edits from 1 on."""
    return [Kept(number, edit.kind, content_of(edit)) for number, edit in enumerate(edits, 1)]


def laid_over(folder: Path, *edits: KnowledgeEdit) -> Overlaid:
    """Lay edits over a folder that has no faults."""
    faults: list[Any] = []
    return overlay(read_files(folder, faults), kept(*edits), folder, faults)
