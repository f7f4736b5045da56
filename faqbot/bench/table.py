"""Which sets a benchmark asks, and the table it prints."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from faqbot.bench.measure import Measurement, QuestionSet
from faqbot.bench.xquad import read_xquad, variants
from faqbot.errors import EvaluationError
from faqbot.evaluation import read_cases
from faqbot.knowledge.loader import load
from faqbot.matching.calibration import DEFAULT, calibration_of


def case_sets(knowledge: Path, files: Sequence[Path]) -> Iterator[QuestionSet]:
    """Yield a set for each file of labelled questions: those that the knowledge answers."""
    base = load(knowledge)
    calibration = calibration_of(knowledge)
    keys = {section.key.section: str(section.key) for section in base.sections}
    for file in files:
        try:
            text = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise EvaluationError(f"{file} cannot be read ({error})") from error
        cases = read_cases(text, str(file))
        asked = [(case.text, frozenset(keys[each] for each in case.expected if each in keys)) for case in cases]
        answered = tuple(pair for pair in asked if pair[1])
        if not answered:
            raise EvaluationError(f"{file}: the knowledge answers no question of it")
        yield QuestionSet(file.stem, base, calibration, answered)


def xquad_sets(folder: Path) -> Iterator[QuestionSet]:
    """Yield a set for each language and noise of the XQuAD files ``*.vi.json`` and ``*.en.json`` in a folder."""
    files = [(language, file) for language in ("vi", "en") for file in sorted(folder.glob(f"*.{language}.json"))]
    if not files:
        raise EvaluationError(f"{folder}: there is no *.vi.json or *.en.json in it")
    for language, file in files:
        base, questions = read_xquad(file, language)
        for name, noisy in variants(language, questions):
            yield QuestionSet(name, base, DEFAULT, tuple((text, frozenset([owner])) for text, owner in noisy))


def comparison(measurements: Sequence[Measurement]) -> Table:
    """Set all methods beside each other: top-1 on each set, then time and memory on the first."""
    sets = list(dict.fromkeys(each.set_name for each in measurements))
    table = Table("method", *map(escape, sets), "median ms", "99% ms", "build s", "MB")
    for method in dict.fromkeys(each.method for each in measurements):
        own = {each.set_name: each for each in measurements if each.method == method}
        first = own[sets[0]]
        figures = [first.median_ms, first.percentile_99_ms, first.build_s, first.memory_mb]
        table.add_row(
            escape(method), *[f"{own[name].top_1:.3f}" for name in sets], *[f"{figure:.1f}" for figure in figures]
        )
    return table


def growth(measurements: Sequence[Measurement]) -> Table:
    """Show how our own matcher grows with the knowledge."""
    table = Table("questions", "top 1", "median ms", "99% ms", "build s", "MB")
    for each in measurements:
        figures = [each.median_ms, each.percentile_99_ms, each.build_s, each.memory_mb]
        table.add_row(each.set_name, f"{each.top_1:.3f}", *[f"{figure:.1f}" for figure in figures])
    return table
