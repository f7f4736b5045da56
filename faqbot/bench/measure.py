"""Measure one way of matching: quality, time and memory, each in a process of its own."""

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from faqbot.bench.peers import PEERS
from faqbot.errors import EvaluationError
from faqbot.knowledge.model import KnowledgeBase
from faqbot.matching.calibration import Calibration
from faqbot.matching.index import build_index
from faqbot.matching.matcher import Matcher

OURS = "faqbot"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions to ask a knowledge base."""

    name: str
    knowledge: KnowledgeBase
    calibration: Calibration
    """For our own matcher; the others know none."""
    questions: tuple[tuple[str, frozenset[str]], ...]
    """Each with the sections that are accepted."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one method did on one set."""

    method: str
    set_name: str
    top_1: float
    """Share of the questions whose accepted section came first, 0 to 1."""
    median_ms: float
    percentile_99_ms: float
    build_s: float
    memory_mb: float
    """By which the process grew while it built."""


def methods() -> list[str]:
    """Return the names of all methods, our own first."""
    return [OURS, *PEERS]


def measure_all(runs: Sequence[tuple[str, QuestionSet]], advance: Callable[[], None]) -> list[Measurement]:
    """Measure each (method, set) in turn; ``advance`` is called after each."""
    measured = []
    for method, question_set in runs:
        measured.append(measure(method, question_set))
        advance()
    return measured


def measure(method: str, question_set: QuestionSet) -> Measurement:
    """Measure a method on a set, in a fresh process so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_measure, method, question_set).result()
        except ImportError as error:
            raise EvaluationError(f"{method} cannot be used ({error}); try: pip install '.[bench]'") from error


def _measure(method: str, question_set: QuestionSet) -> Measurement:
    if method != OURS:
        PEERS[method](["a first text", "and a second"])  # so that importing a library is not counted as building
    before = _peak_mb()
    started = time.perf_counter()
    first = _ours(question_set) if method == OURS else _peer(method, question_set.knowledge)
    built = time.perf_counter() - started
    grown = _peak_mb() - before
    hits, seconds = [], []
    for text, accepted in question_set.questions:
        started = time.perf_counter()
        found = first(text)
        seconds.append(time.perf_counter() - started)
        hits.append(found in accepted)
    median, high = np.percentile(seconds, [50, 99]) * 1000
    return Measurement(method, question_set.name, float(np.mean(hits)), float(median), float(high), built, grown)


def _ours(question_set: QuestionSet) -> Callable[[str], str]:
    index = build_index(question_set.knowledge)
    matcher = Matcher(question_set.knowledge, index, question_set.calibration)
    return lambda text: str(matcher.rank(index.reader.read(text)).matches[0].section.key)


def _peer(method: str, knowledge: KnowledgeBase) -> Callable[[str], str]:
    owners, texts = zip(*_texts(knowledge), strict=True)
    search = PEERS[method](texts)
    return lambda text: owners[int(np.argmax(search(text)))]


def _texts(knowledge: KnowledgeBase) -> Sequence[tuple[str, str]]:
    """All that a peer may compare a question with: the sections, and the questions written for them."""
    sections = [
        (str(section.key), f"{text.title}\n{text.text}".strip())
        for section in knowledge.sections
        for text in section.texts.values()
    ]
    owners = {str(section.key) for section in knowledge.sections}
    questions = [(question.owner, question.text) for question in knowledge.questions if question.owner in owners]
    return [*sections, *questions]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
