"""Measure an assistant on questions whose answers are known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import EvaluationError
from faqbot.knowledge.cases import MIXED, Case, read_lines
from faqbot.matching.matcher import Match
from faqbot.reply import Reply

_BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    case: Case
    rank: int | None
    """Place of the first accepted section in the ranking, counted from 1; None if none of them is accepted."""
    found: str
    """Id of the section ranked first."""
    certainty: float
    """Confidence of the section ranked first, 0 to 1."""
    kind: Kind
    """Of the reply."""
    right: bool
    """The reply answers with an accepted section; for an unanswerable case, it declines."""
    helped: bool
    """Right, or a clarification that offers an accepted section."""
    language_right: bool
    """The reply is in the question's language; true for a mixed question."""


def read_cases(text: str, name: str) -> list[Case]:
    """Read a questions file, a JSON object a line.

    :raises EvaluationError: at the first bad line, naming it; or if there is no line at all.
    """
    cases = []
    for number, found in read_lines(text):
        if isinstance(found, str):
            raise EvaluationError(f"{name}:{number}: {found}")
        if len(found.text.strip()) > LONGEST_MESSAGE:
            raise EvaluationError(f"{name}:{number}: 'q' has more than {LONGEST_MESSAGE:,} characters")
        cases.append(found)
    if not cases:
        raise EvaluationError(f"{name}: there is no question in it")
    return cases


def run(assistant: Assistant, cases: Iterable[Case], advance: Callable[[], None] = lambda: None) -> list[Outcome]:
    """Ask every case; ``advance`` is called after each."""
    outcomes = []
    for case in cases:
        outcomes.append(_outcome(assistant, case))
        advance()
    return outcomes


def _outcome(assistant: Assistant, case: Case) -> Outcome:
    ranking = assistant.search(case.text)
    return outcome(case, ranking.matches, assistant.ask(Question(case.text), ranking))


def outcome(case: Case, matches: Sequence[Match], reply: Reply) -> Outcome:
    """Judge what an assistant made of a case: how it ranked the sections, and what it replied."""
    ids = [match.section.key.section for match in matches]
    rank = next((place for place, each in enumerate(ids, 1) if each in case.expected), None)
    if case.expected:
        right = reply.kind is Kind.ANSWER and reply.section is not None and reply.section.section in case.expected
        offered = any(suggestion.key.section in case.expected for suggestion in reply.suggestions)
        helped = right or (reply.kind is Kind.CLARIFY and offered)
    else:
        right = helped = reply.kind is Kind.DECLINE
    language_right = case.language == MIXED or reply.language == case.language
    return Outcome(case, rank, ids[0], matches[0].confidence, reply.kind, right, helped, language_right)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a set of outcomes; shares from 0 to 1, None where there is nothing to take a share of."""

    answerable: int
    top_1: float | None
    """Answerable cases whose accepted section is ranked first."""
    top_3: float | None
    mean_reciprocal_rank: float | None
    right: float | None
    """Answerable cases that are answered with an accepted section."""
    helped: float | None
    wrong: float | None
    """Answerable cases that are answered with another section: confidently wrong."""
    declined: float | None
    """Answerable cases that are declined."""
    unanswerable: int
    unanswerable_declined: float | None
    unanswerable_answered: float | None
    area_under_roc: float | None
    """Probability that an answerable case gets a higher certainty than an unanswerable one (ties count half)."""
    calibration_error: float | None
    """Expected calibration error of the answers given, in ten bins (Naeini et al. 2015)."""
    language_right: float | None


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Sum outcomes up."""
    inside = [each for each in outcomes if each.case.expected]
    outside = [each for each in outcomes if not each.case.expected]
    return Figures(
        answerable=len(inside),
        top_1=_share(each.rank == 1 for each in inside),
        top_3=_share(each.rank is not None and each.rank <= 3 for each in inside),
        mean_reciprocal_rank=_mean([1 / each.rank if each.rank else 0.0 for each in inside]),
        right=_share(each.right for each in inside),
        helped=_share(each.helped for each in inside),
        wrong=_share(each.kind is Kind.ANSWER and not each.right for each in inside),
        declined=_share(each.kind is Kind.DECLINE for each in inside),
        unanswerable=len(outside),
        unanswerable_declined=_share(each.kind is Kind.DECLINE for each in outside),
        unanswerable_answered=_share(each.kind is Kind.ANSWER for each in outside),
        area_under_roc=_area_under_roc([each.certainty for each in inside], [each.certainty for each in outside]),
        calibration_error=_calibration_error([each for each in outcomes if each.kind is Kind.ANSWER]),
        language_right=_share(each.language_right for each in outcomes),
    )


def by_style(outcomes: Sequence[Outcome]) -> Mapping[tuple[str, str], Figures]:
    """Return the figures of each (style, language), in the order they come up."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.case.style, outcome.case.language), []).append(outcome)
    return {key: figures(group) for key, group in groups.items()}


def misses(outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Yield the cases that were not helped."""
    return (outcome for outcome in outcomes if not outcome.helped)


def _share(hits: Iterable[bool]) -> float | None:
    return _mean([float(hit) for hit in hits])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _area_under_roc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    pairs = [(above > below) + 0.5 * (above == below) for above in inside for below in outside]
    return _mean(pairs)


def _calibration_error(answers: Sequence[Outcome]) -> float | None:
    if not answers:
        return None
    bins: dict[int, list[Outcome]] = {}
    for answer in answers:
        bins.setdefault(min(int(answer.certainty * _BINS), _BINS - 1), []).append(answer)
    gaps = (abs(sum(each.certainty for each in group) - sum(each.right for each in group)) for group in bins.values())
    return sum(gaps) / len(answers)
