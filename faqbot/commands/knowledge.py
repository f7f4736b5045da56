"""Commands that look after the files of the knowledge."""

import sys
from pathlib import Path

import click

from faqbot.commands.opening import KNOWLEDGE, open_store, settings


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with status 1 on warnings too.")
def check(path: Path | None, strict: bool) -> None:
    """Check a knowledge folder or Markdown file for faults and weak spots.

    Example: faqbot check docs/ --strict
    """
    from faqbot.check import check as find_faults
    from faqbot.startup import load_assistant

    place = path or settings().knowledge
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


@click.command()
@KNOWLEDGE
def export(knowledge: Path | None) -> None:
    """Write the changes made in the helpdesk into the files of the knowledge.

    Example: faqbot export --knowledge docs/
    """
    from faqbot.helpdesk.exporting import export as write

    with open_store() as store:
        done = write(settings(knowledge).knowledge, store)
    for name in done.files:
        click.echo(f"wrote {name}")
    for refused in done.refused:
        click.echo(f"edit {refused.number} stays in the store: {refused.message}", err=True)
    click.echo(f"{len(done.edits)} edit(s) are in the files now")
    sys.exit(1 if done.refused else 0)
