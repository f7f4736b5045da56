"""Commands that measure the answers, and fit them to what was measured."""

from pathlib import Path

import click

from faqbot.commands.opening import KNOWLEDGE, open_assistant, settings

DEFAULT_SIZE = 10_000
"""Stored questions of the knowledge that is made up where nobody says what to measure."""


@click.command("eval")
@click.argument("file", type=click.Path(path_type=Path))
@KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--misses", type=click.IntRange(min=0), default=0, help="Show up to N questions that were not helped.")
def evaluate(file: Path, knowledge: Path | None, as_json: bool, misses: int) -> None:
    """Measure the answers to a file of questions (JSON Lines: q, lang, style, expect, fact).

    Example: faqbot eval knowledge/kvm/cases.jsonl --misses 10
    """
    from faqbot import evaluation, terminal

    cases = evaluation.read_cases(_read(file), str(file))
    assistant = open_assistant(knowledge)
    outcomes = terminal.with_progress(cases, lambda advance: evaluation.run(assistant, cases, advance))
    terminal.figures_as_json(outcomes) if as_json else terminal.figures(outcomes)
    terminal.misses(outcomes, misses)


@click.command()
@KNOWLEDGE
@click.option(
    "--questions", multiple=True, type=click.Path(path_type=Path), help="Labelled questions that the knowledge lacks."
)
def calibrate(knowledge: Path | None, questions: tuple[Path, ...]) -> None:
    """Fit the weights and thresholds to a knowledge folder; writes calibration.yaml into it.

    Example: faqbot calibrate --knowledge docs/ --questions labelled.jsonl
    """
    from faqbot.evaluation import read_cases
    from faqbot.fitting import calibrate_folder

    cases = [case for file in questions for case in read_cases(_read(file), str(file))]
    click.echo(f"wrote {calibrate_folder(settings(knowledge).knowledge, cases)}")


@click.command()
@KNOWLEDGE
@click.option("--cases", multiple=True, type=click.Path(path_type=Path), help="Labelled questions about the knowledge.")
@click.option("--xquad", type=click.Path(path_type=Path), help="Folder with XQuAD files, *.vi.json and *.en.json.")
@click.option("--size", multiple=True, type=click.IntRange(min=20), help="Measure made-up knowledge of N questions.")
def bench(knowledge: Path | None, cases: tuple[Path, ...], xquad: Path | None, size: tuple[int, ...]) -> None:
    """Set the matcher beside other methods in one table; they come with `pip install '.[bench]'`.

    Without any option, measure the matcher alone on made-up knowledge of 10,000 questions.

    Example: faqbot bench --cases tests/cases/kvm-second-writer.jsonl --size 10000
    """
    from faqbot import terminal
    from faqbot.bench import table
    from faqbot.bench.measure import OURS, measure, measure_all, methods
    from faqbot.bench.synthetic import synthetic_set

    sets = [*table.case_sets(settings(knowledge).knowledge, cases), *(table.xquad_sets(xquad) if xquad else ())]
    runs = [(method, each) for method in methods() for each in sets]
    if runs:
        terminal.show(table.comparison(terminal.with_progress(runs, lambda advance: measure_all(runs, advance))))
    sizes = size if runs or size else (DEFAULT_SIZE,)
    made_up = [measure(OURS, synthetic_set(each)) for each in sizes]
    if made_up:
        terminal.show(table.growth(made_up))


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} cannot be read ({error})") from error
