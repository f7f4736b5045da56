"""What several tests of the benchmark need."""

import json
from pathlib import Path

import pytest

PARAGRAPHS = (
    ("Thư viện mở cửa từ 7 giờ. Chủ nhật thư viện nghỉ.", ("Chủ nhật thư viện có mở không?",)),
    ("Sách trả muộn bị phạt 2.000 đồng mỗi ngày.", ("Trả muộn bị phạt bao nhiêu?", "Quá hạn mỗi ngày mất mấy đồng?")),
)
"""Each with the questions that it answers."""


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """A folder with one file in SQuAD's format for each language: two articles of one paragraph, three questions."""
    folder = tmp_path / "squad"
    folder.mkdir()
    articles = [
        {"paragraphs": [{"context": context, "qas": [{"question": question} for question in questions]}]}
        for context, questions in PARAGRAPHS
    ]
    for name in ("tiny.vi.json", "tiny.en.json"):
        (folder / name).write_text(json.dumps({"data": articles}), "utf-8")
    return folder
