"""Questions with known answers may lie beside the knowledge, to measure by."""

from pathlib import Path

import pytest

from faqbot.knowledge.cases import Case, read_lines
from faqbot.knowledge.loader import load, shipped_knowledge
from tests.knowledge.building import CAFE, refusal, write

GOOD = '{"q": "mở lúc nào", "lang": "vi", "style": "natural", "expect": ["hours"], "fact": "7 giờ"}'


def test_a_line_is_a_case() -> None:
    case = Case("mở lúc nào", "vi", "natural", ("hours",), "7 giờ")
    assert list(read_lines(f"\n{GOOD}\n")) == [(2, case)]


def test_cases_beside_a_document_are_loaded_and_not_matched(tmp_path: Path) -> None:
    with_cases = load(write(tmp_path / "with", {"cafe/cafe.vi.md": CAFE, "cafe/cases.jsonl": GOOD}))
    without = load(write(tmp_path / "without", {"cafe/cafe.vi.md": CAFE}))
    assert [case.text for case in with_cases.cases] == ["mở lúc nào"]
    assert (with_cases.sections, with_cases.questions) == (without.sections, without.questions)
    assert with_cases.warnings == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "an object is needed, not list"),
        ('{"q": "giá", "lang": "vi"}', "'expect' must be a list of section ids, not None"),
        ('{"q": " ", "lang": "vi", "expect": []}', "'q' must be a text that is not empty"),
        (GOOD.replace("hours", "prices"), "there is no section prices in this folder; there are hours, menu"),
    ],
)
def test_a_bad_line_is_a_fault_with_its_number(line: str, message: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"cafe/cafe.vi.md": CAFE, "cafe/cases.jsonl": f"{GOOD}\n{line}\n"})
    ((name, number, found),) = refusal(folder)
    assert (name, number) == ("cases.jsonl", 2)
    assert message in found


def test_the_guide_comes_with_cases() -> None:
    assert len(load(shipped_knowledge()).cases) >= 400
