"""The command line. Each command is a translation: arguments in, words out."""

import os
import sys
from dataclasses import replace
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faqbot import __version__
from faqbot.commands import access, hooks, upkeep
from faqbot.commands.doctor import doctor
from faqbot.errors import FaqbotError, KnowledgeError
from faqbot.language.pack import LANGUAGES
from faqbot.metrics.folder import shared_folder
from faqbot.settings import Settings

if TYPE_CHECKING:
    from faqbot.assistant import Assistant

_LANGUAGE = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the reply; default: the question's.")
_KNOWLEDGE = click.option(
    "--knowledge", type=click.Path(path_type=Path), help="Folder or Markdown file to answer from; default: its own."
)

DEFAULT_SIZE = 10_000
"""Stored questions of the knowledge that is made up where nobody says what to measure."""


class _Group(click.Group):
    """Shows an error of faqbot as one line, or one line a fault, and exits with status 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KnowledgeError as error:
            raise SystemExit(_complain(f"The knowledge cannot be used:\n{error}")) from error
        except FaqbotError as error:
            raise SystemExit(_complain(f"Error: {error}")) from error


def _complain(message: str) -> int:
    click.echo(message, err=True)
    return 1


@click.group(cls=_Group)
@click.version_option(__version__)
def main() -> None:
    """Answer questions from your own documents, in Vietnamese and English.

    Example: faqbot ask "KVM cần bao nhiêu RAM?"
    """


for _command in (access.user, access.token, hooks.hook, upkeep.purge, upkeep.backup, upkeep.restore, doctor):
    main.add_command(_command)


def _settings(knowledge: Path | None = None) -> Settings:
    settings = Settings.from_environ(os.environ)
    return replace(settings, knowledge=knowledge) if knowledge else settings


def _assistant(knowledge: Path | None) -> "Assistant":
    from faqbot.startup import add_meaning, load_assistant

    settings = _settings(knowledge)
    assistant = load_assistant(settings.knowledge)
    meaning = add_meaning(assistant, settings.embeddings_url, settings.embeddings_model)
    if meaning is not None:
        meaning.settle()
    return assistant


@main.command()
@click.argument("text", required=False)
@_LANGUAGE
@_KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON, as POST /api/chat gives it.")
@click.option("--explain", is_flag=True, help="Show what the question matched and why.")
def ask(text: str | None, lang: str | None, knowledge: Path | None, as_json: bool, explain: bool) -> None:
    """Ask one question, or, without TEXT, several at a prompt.

    Example: faqbot ask "how much RAM do I need" --explain
    """
    from faqbot import terminal

    assistant = _assistant(knowledge)
    show = terminal.as_json if as_json else terminal.as_text
    explained = partial(terminal.explain, apart=as_json)
    if text is not None:
        show(assistant, text, lang, None)
        if explain:
            explained(assistant, text)
        return
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    terminal.converse(assistant, lang, show, explained if explain else None)


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with status 1 on warnings too.")
def check(path: Path | None, strict: bool) -> None:
    """Check a knowledge folder or Markdown file for faults and weak spots.

    Example: faqbot check docs/ --strict
    """
    from faqbot.check import check as find_faults
    from faqbot.startup import load_assistant

    place = path or _settings().knowledge
    assistant = load_assistant(place)
    faults = find_faults(assistant, place)
    for fault in faults:
        click.echo(str(fault))
    base = assistant.knowledge
    click.echo(
        f"{place}: {len(base.documents)} document(s), {len(base.sections)} sections, "
        f"{len(base.questions)} questions, {len(base.topics)} topics not covered, {len(base.concepts)} concepts, "
        f"{len(faults)} warning(s)"
    )
    sys.exit(1 if strict and faults else 0)


@main.command("eval")
@click.argument("file", type=click.Path(path_type=Path))
@_KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--misses", type=click.IntRange(min=0), default=0, help="Show up to N questions that were not helped.")
def evaluate(file: Path, knowledge: Path | None, as_json: bool, misses: int) -> None:
    """Measure the answers to a file of questions (JSON Lines: q, lang, style, expect, fact).

    Example: faqbot eval knowledge/kvm/cases.jsonl --misses 10
    """
    from faqbot import evaluation, terminal

    cases = evaluation.read_cases(_read(file), str(file))
    assistant = _assistant(knowledge)
    outcomes = terminal.with_progress(cases, lambda advance: evaluation.run(assistant, cases, advance))
    terminal.figures_as_json(outcomes) if as_json else terminal.figures(outcomes)
    terminal.misses(outcomes, misses)


@main.command()
@_KNOWLEDGE
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
    click.echo(f"wrote {calibrate_folder(_settings(knowledge).knowledge, cases)}")


@main.command()
@_KNOWLEDGE
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

    sets = [*table.case_sets(_settings(knowledge).knowledge, cases), *(table.xquad_sets(xquad) if xquad else ())]
    runs = [(method, each) for method in methods() for each in sets]
    if runs:
        terminal.show(table.comparison(terminal.with_progress(runs, lambda advance: measure_all(runs, advance))))
    sizes = size if runs or size else (DEFAULT_SIZE,)
    made_up = [measure(OURS, synthetic_set(each)) for each in sizes]
    if made_up:
        terminal.show(table.growth(made_up))


@main.command()
@_KNOWLEDGE
def export(knowledge: Path | None) -> None:
    """Write the changes made in the helpdesk into the files of the knowledge.

    Example: faqbot export --knowledge docs/
    """
    from faqbot.helpdesk.exporting import export as write
    from faqbot.store.store import Store

    settings = _settings(knowledge)
    store = Store(settings.store_url())
    try:
        done = write(settings.knowledge, store)
    finally:
        store.close()
    for name in done.files:
        click.echo(f"wrote {name}")
    for refused in done.refused:
        click.echo(f"edit {refused.number} stays in the store: {refused.message}", err=True)
    click.echo(f"{len(done.edits)} edit(s) are in the files now")
    sys.exit(1 if done.refused else 0)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="Port to listen on.")
@_KNOWLEDGE
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that answer; default: one for two cores, at most four."
)
def serve(host: str, port: int, knowledge: Path | None, workers: int | None) -> None:
    """Serve the web page and the HTTP API.

    Example: faqbot serve --port 8080 --knowledge docs/
    """
    settings = _settings(knowledge)
    with shared_folder(os.environ, settings.data):
        from faqbot.web.serve import run

        run(settings, host=host, port=port, workers=workers, announce=click.echo)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} cannot be read ({error})") from error
