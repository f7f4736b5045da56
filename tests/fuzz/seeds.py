"""What fuzzing begins with: what the tests know already, and what was found before."""

import json
from pathlib import Path

import yaml

_TESTS = Path(__file__).parents[1]
_LIBRARY = _TESTS / "data" / "library"
_MOST_QUESTIONS = 100
FOUND = Path(__file__).with_name("found")
"""A folder a target, with what once broke its law."""


def seeds(target: str) -> list[bytes]:
    """Return the inputs that a target begins with."""
    found = FOUND / target
    return _known(target) + [file.read_bytes() for file in sorted(found.glob("*"))]


def _known(target: str) -> list[bytes]:
    if target == "markdown":
        return [file.read_bytes() for file in [*_LIBRARY.rglob("*.md"), _TESTS / "data" / "messy.vi.md"]]
    if target == "edit":
        key = {"document": "cafe", "section": "hours"}
        texts = {"titles": {"vi": "Ví"}, "bodies": {"vi": "Có."}, "replies": {"vi": "Không.", "en": "No."}}
        return [json.dumps({**key, **texts, "topic": "t", "questions": [["vi", "mấy giờ"]], "answer": {}}).encode()]
    if target == "slack" or target.startswith("hook-"):
        return _requests("slack" if target == "slack" else target.removeprefix("hook-"))
    if target == "cases":
        return [b"\n".join(_lines()[:5])]
    files = [*_LIBRARY.rglob(f"{target}.yaml")]
    return [file.read_bytes() for file in files] if files else [json.loads(line)["q"].encode() for line in _lines()]


def _lines() -> list[bytes]:
    return (_TESTS / "cases" / "kvm-second-writer.jsonl").read_bytes().splitlines()[:_MOST_QUESTIONS]


def _requests(program: str) -> list[bytes]:
    cases = [
        yaml.safe_load(file.read_text("utf-8")) for file in sorted((_TESTS / "cases/webhooks").glob(f"{program}-*"))
    ]
    requests = [request for case in cases for request in case["requests"]]
    return [json.dumps(request.get("json") or request.get("form") or {}).encode() for request in requests]
