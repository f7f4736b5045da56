"""Questions with known answers are read with care, asked, and summed up in figures that can be worked out by hand."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.decision import Kind
from faqbot.errors import EvaluationError
from faqbot.evaluation import Figures, Outcome, by_style, figures, misses, read_cases, run
from faqbot.knowledge.cases import Case
from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds

LINE = '{"q": "mấy giờ mở cửa", "lang": "vi", "style": "natural", "expect": ["hours"], "fact": "7 giờ"}'
FINES = ("fines",)


def case(expected: Sequence[str] = FINES, text: str = "overdue fee", language: str = "en", style: str = "none") -> Case:
    return Case(text, language, style, tuple(expected), None)


def outcome(
    *,
    expected: Sequence[str] = FINES,
    rank: int | None = 1,
    certainty: float = 0.9,
    kind: Kind = Kind.ANSWER,
    right: bool = True,
    helped: bool = True,
    language_right: bool = True,
    style: str = "none",
    language: str = "en",
) -> Outcome:
    """An outcome in which all went well, but for what is said."""
    asked = case(expected, language=language, style=style)
    return Outcome(asked, rank, "fines", certainty, kind, right, helped, language_right)


def outside(*, certainty: float = 0.1, kind: Kind = Kind.DECLINE) -> Outcome:
    declined = kind is Kind.DECLINE
    return outcome(expected=(), rank=None, certainty=certainty, kind=kind, right=declined, helped=declined)


def wrong(certainty: float) -> Outcome:
    return outcome(rank=2, certainty=certainty, right=False, helped=False)


def asked(assistant: Assistant, *cases: Case) -> list[Outcome]:
    return run(assistant, cases)


@pytest.fixture(scope="module")
def unsure(library: Assistant) -> Assistant:
    """An assistant for the library that always asks which section is meant."""
    return Assistant(library.knowledge, Calibration(DEFAULT.weights, Thresholds(answer=1.0, clarify=0.0)))


def test_case_is_read_with_all_its_fields() -> None:
    assert read_cases(LINE, "q.jsonl") == [Case("mấy giờ mở cửa", "vi", "natural", ("hours",), "7 giờ")]


def test_style_fact_and_unknown_keys_may_be_anything() -> None:
    line = '{"q": "gửi xe ở đâu", "lang": "mix", "expect": [], "fact": null, "by": ["Lan"]}'
    assert read_cases(line, "q.jsonl") == [Case("gửi xe ở đâu", "mix", "none", (), None)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n \n"])
def test_lines_may_end_as_they_like_and_be_blank(end: str) -> None:
    assert len(read_cases(f"{LINE}{end}{LINE}{end}", "q.jsonl")) == 2


def test_separator_inside_a_question_ends_no_line() -> None:
    line = json.dumps({"q": "mấy giờ\u2028mở cửa\x85", "lang": "vi", "expect": []}, ensure_ascii=False)
    assert [each.text for each in read_cases(line, "q.jsonl")] == ["mấy giờ\u2028mở cửa\x85"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ('{"q": "x", "lang": "vi", "expect": []} and more', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("1" * 5_000, "not JSON"),
        ('["q"]', "an object is needed, not list"),
        ("null", "an object is needed, not NoneType"),
        ('{"q": "x", "lang": "vi"}', "'expect' must be a list of section ids, not None"),
        ('{"q": "x", "lang": "vi", "expect": "hours"}', "'expect' must be a list of section ids, not 'hours'"),
        ('{"q": "x", "lang": "vi", "expect": [1]}', "'expect' must be a list of section ids"),
        ('{"lang": "vi", "expect": []}', "'q' must be a text that is not empty, not None"),
        ('{"q": " ", "lang": "vi", "expect": []}', "'q' must be a text that is not empty, not ' '"),
        ('{"q": 5, "lang": "vi", "expect": []}', "'q' must be a text that is not empty, not 5"),
        ('{"q": "x", "expect": []}', "'lang' must be a text that is not empty, not None"),
        ('{"q": "x", "lang": "fr", "expect": []}', "'lang' must be one of vi, en, mix, not 'fr'"),
        ('{"q": "x", "lang": "vi", "style": 5, "expect": []}', "'style' must be a text, not 5"),
        ('{"q": "x", "lang": "vi", "expect": [], "fact": 5}', "'fact' must be a text or null, not 5"),
        (f'{{"q": "{"x" * 2_001}", "lang": "vi", "expect": []}}', "'q' has more than 2,000 characters"),
    ],
)
def test_bad_line_is_refused_with_its_number(line: str, problem: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        read_cases(f"{LINE}\n\n{line}\n{LINE}", "q.jsonl")
    assert str(caught.value).startswith("q.jsonl:3: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_file_without_a_question_is_refused(text: str) -> None:
    with pytest.raises(EvaluationError, match=r"^q\.jsonl: there is no question in it$"):
        read_cases(text, "q.jsonl")


@given(st.text())
def test_no_text_raises_anything_but_an_evaluation_error(text: str) -> None:
    with pytest.raises(EvaluationError):
        read_cases(text + "}", "q.jsonl")


def test_answerable_case_is_ranked_and_answered(library: Assistant) -> None:
    (found,) = asked(library, case())
    assert (found.rank, found.found, found.kind) == (1, "fines", Kind.ANSWER)
    assert (found.right, found.helped, found.language_right) == (True, True, True)
    assert found.certainty == library.search("overdue fee").matches[0].confidence


def test_any_accepted_section_counts_at_its_rank(library: Assistant) -> None:
    ranked = [match.section.key.section for match in library.search("overdue fee").matches]
    cases = [case(expected) for expected in (ranked[:1], ranked[1:], ranked[2:], ranked[3:], ["parking"])]
    assert [each.rank for each in run(library, cases)] == [1, 2, 3, 4, None]


def test_answer_with_another_section_is_wrong(library: Assistant) -> None:
    (found,) = asked(library, case(["hours"]))
    assert (found.kind, found.right, found.helped) == (Kind.ANSWER, False, False)


def test_unanswerable_case_is_right_when_it_is_declined(library: Assistant) -> None:
    declined, answered = asked(library, case([], "is there a printer"), case([]))
    assert (declined.kind, declined.rank, declined.right, declined.helped) == (Kind.DECLINE, None, True, True)
    assert (answered.kind, answered.rank, answered.right, answered.helped) == (Kind.ANSWER, None, False, False)


def test_clarification_helps_if_it_offers_an_accepted_section(unsure: Assistant) -> None:
    offered, other = asked(unsure, case(), case(["parking"]))
    assert (offered.kind, offered.right, offered.helped) == (Kind.CLARIFY, False, True)
    assert (other.kind, other.right, other.helped) == (Kind.CLARIFY, False, False)


def test_clarification_does_not_help_an_unanswerable_case(unsure: Assistant) -> None:
    (found,) = asked(unsure, case([]))
    assert (found.kind, found.right, found.helped) == (Kind.CLARIFY, False, False)


def test_decline_that_offers_the_section_does_not_help(library: Assistant) -> None:
    (found,) = asked(library, case(["loans"], "I lost my card"))
    assert (found.kind, found.right, found.helped) == (Kind.DECLINE, False, False)


@pytest.mark.parametrize(("language", "right"), [("en", True), ("vi", False), ("mix", True)])
def test_language_of_the_reply_is_compared(language: str, right: bool, library: Assistant) -> None:
    (found,) = asked(library, case(language=language))
    assert found.language_right is right


def test_progress_is_told_after_each_case(library: Assistant) -> None:
    steps: list[int] = []
    run(library, [case(), case(), case()], lambda: steps.append(1))
    assert len(steps) == 3


def test_shares_of_answerable_cases() -> None:
    clarified = outcome(rank=3, kind=Kind.CLARIFY, right=False)
    declined = outcome(rank=4, kind=Kind.DECLINE, right=False, helped=False)
    unlisted = outcome(rank=None, kind=Kind.CLARIFY, right=False, helped=False)
    found = figures([outcome(), wrong(0.8), clarified, declined, unlisted, outside()])
    assert (found.answerable, found.top_1, found.top_3) == (5, 1 / 5, 3 / 5)
    assert found.mean_reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4 + 0) / 5)
    assert (found.right, found.helped, found.wrong, found.declined) == (1 / 5, 2 / 5, 1 / 5, 1 / 5)


def test_shares_of_unanswerable_cases() -> None:
    kinds = (Kind.DECLINE, Kind.DECLINE, Kind.ANSWER, Kind.CLARIFY, Kind.SMALL_TALK)
    found = figures([outcome(), *(outside(kind=kind) for kind in kinds)])
    assert (found.unanswerable, found.unanswerable_declined, found.unanswerable_answered) == (5, 2 / 5, 1 / 5)


@pytest.mark.parametrize(
    ("inside", "beside", "area"),
    [
        ([0.9, 0.8], [0.1, 0.7], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.9, 0.5], [0.5, 0.2], 3.5 / 4),
        ([0.6, 0.2], [0.4], 0.5),
    ],
)
def test_area_under_roc_counts_ties_half(inside: list[float], beside: list[float], area: float) -> None:
    outcomes = [outcome(certainty=each) for each in inside] + [outside(certainty=each) for each in beside]
    assert figures(outcomes).area_under_roc == area


@pytest.mark.parametrize(
    ("outcomes", "error"),
    [
        ([outcome(certainty=1.0)], 0.0),
        ([outcome(certainty=0.8), wrong(0.8)], 0.3),
        ([outcome(certainty=0.95), wrong(0.55)], (0.05 + 0.55) / 2),
        ([outcome(certainty=0.91), outcome(certainty=1.0)], 0.09 / 2),
        ([outcome(certainty=0.9), outside(certainty=0.9, kind=Kind.ANSWER)], 0.4),
        ([outcome(certainty=0.8), outside(certainty=0.7), outcome(certainty=0.3, kind=Kind.CLARIFY)], 0.2),
    ],
)
def test_calibration_error_is_of_the_answers_given(outcomes: list[Outcome], error: float) -> None:
    assert figures(outcomes).calibration_error == pytest.approx(error)


def test_language_is_counted_over_all_cases() -> None:
    assert figures([outcome(), outcome(language_right=False), outside(), outside()]).language_right == 3 / 4


@pytest.mark.parametrize(
    ("outcomes", "missing"),
    [
        ([outside()], ["top_1", "top_3", "mean_reciprocal_rank", "right", "helped", "wrong", "declined"]),
        ([outcome()], ["unanswerable_declined", "unanswerable_answered"]),
    ],
)
def test_there_is_no_share_of_nothing(outcomes: list[Outcome], missing: list[str]) -> None:
    found = figures(outcomes)
    assert [name for name in missing if getattr(found, name) is not None] == []
    assert found.area_under_roc is None
    assert found.language_right == 1.0


def test_without_an_answer_there_is_no_calibration_error() -> None:
    assert figures([outside(), outcome(kind=Kind.CLARIFY)]).calibration_error is None


def test_figures_of_nothing_are_none() -> None:
    found = figures([])
    assert (found.answerable, found.unanswerable) == (0, 0)
    assert {getattr(found, each.name) for each in fields(Figures)} == {0, None}


@given(
    st.lists(
        st.builds(
            outcome,
            expected=st.sampled_from([(), FINES]),
            rank=st.none() | st.integers(1, 4),
            certainty=st.floats(0, 1),
            kind=st.sampled_from(Kind),
            right=st.booleans(),
            helped=st.booleans(),
        ),
        max_size=12,
    )
)
def test_every_figure_is_a_share(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    values = [getattr(found, each.name) for each in fields(Figures) if each.name not in ("answerable", "unanswerable")]
    assert [value for value in values if value is not None and not 0 <= value <= 1 + 1e-9] == []
    assert found.answerable + found.unanswerable == len(outcomes)


def test_figures_are_grouped_by_style_and_language_in_their_order() -> None:
    typos, natural = outcome(style="typos", language="vi"), outcome(style="natural")
    groups = by_style([typos, natural, outside(), wrong(0.6), typos])
    assert list(groups) == [("typos", "vi"), ("natural", "en"), ("none", "en")]
    assert groups["typos", "vi"] == figures([typos, typos])
    assert groups["none", "en"] == figures([outside(), wrong(0.6)])


@pytest.mark.parametrize("make", [lambda: wrong(0.9), lambda: outside(kind=Kind.ANSWER)])
def test_misses_are_the_cases_that_were_not_helped(make: Callable[[], Any]) -> None:
    clarified = outcome(kind=Kind.CLARIFY, right=False)
    assert list(misses([outcome(), make(), clarified, outside()])) == [make()]
