"""Knowledge written down for one test."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from faqbot.errors import Fault, KnowledgeError
from faqbot.knowledge.body import Body
from faqbot.knowledge.loader import load
from faqbot.knowledge.markdown import Part, parse_markdown
from faqbot.knowledge.model import Section
from faqbot.yaml_file import YamlFile

CAFE = "# Quán\n\n## Giờ mở cửa {#hours}\n\nMở từ 7 giờ. Chủ nhật nghỉ.\n\n## Thực đơn {#menu}\n\n- Cà phê\n- Trà đào\n"
"""A document with the sections ``hours`` and ``menu`` of two passages each."""


LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For laws about any text: the first one that Hypothesis draws after a fresh clone takes seconds."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder, and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def refusal(path: Path) -> list[tuple[str, int, str]]:
    """Return name, line and message of every fault that keeps knowledge from loading."""
    with pytest.raises(KnowledgeError) as caught:
        load(path)
    return [(Path(fault.file).name, fault.line, fault.message) for fault in caught.value.faults]


def parts_of(text: str) -> tuple[Part, ...]:
    """Parse a text that has no fault."""
    faults: list[Fault] = []
    parsed = parse_markdown(text, "cafe.vi.md", faults)
    assert not faults
    return parsed.parts


def body_of(text: str) -> Body:
    """Read what stands below a heading."""
    (part,) = parts_of(f"## Quán\n\n{text}")
    return part.body


def passages_of(text: str) -> list[str]:
    """Return the passages of what stands below a heading."""
    return [passage.text for passage in body_of(text).passages]


def yaml_of(text: str) -> tuple[YamlFile, list[Fault]]:
    """Return a YAML file, and the list that its faults will be in."""
    faults: list[Fault] = []
    return YamlFile("notes.yaml", text, faults), faults


def cafe_sections(folder: Path) -> dict[str, Section]:
    """Return the sections of CAFE by id."""
    knowledge = load(write(folder, {"cafe/cafe.vi.md": CAFE}))
    return {section.key.section: section for section in knowledge.sections}
