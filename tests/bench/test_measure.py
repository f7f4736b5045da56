"""A method is measured on a set in a process of its own."""

from faqbot.assistant import Assistant
from faqbot.bench.measure import OURS, QuestionSet, measure_all, methods
from faqbot.matching.calibration import DEFAULT

PEER = "rapidfuzz token_set_ratio"
ASKED = (
    ("chủ nhật có mở cửa không", frozenset(["guide/hours"])),
    ("how much is the fine", frozenset(["guide/fines", "guide/loans"])),
    ("gia hạn sách thế nào", frozenset(["guide/hours"])),
    ("em bị mất thẻ", frozenset(["topic:lost-card"])),
)
"""Two that are found and two that cannot be: one is expected elsewhere, one where no section is."""


def test_our_method_comes_first() -> None:
    assert methods()[0] == OURS
    assert PEER in methods()[1:]


def test_each_method_is_measured_in_turn_on_all_questions(library: Assistant) -> None:
    asked = QuestionSet("library", library.knowledge, DEFAULT, ASKED)
    done: list[None] = []
    measured = measure_all([(method, asked) for method in (OURS, PEER)], lambda: done.append(None))
    assert [(each.method, each.set_name, each.top_1) for each in measured] == [
        (OURS, "library", 0.5),
        (PEER, "library", 0.5),
    ]
    assert len(done) == 2
    assert all(0 < each.median_ms <= each.percentile_99_ms and each.build_s > 0 for each in measured)
    assert all(each.memory_mb >= 0 for each in measured)


def test_nothing_to_measure_is_no_measurement() -> None:
    assert measure_all([], lambda: None) == []
