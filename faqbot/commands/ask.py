"""The command that answers at a terminal."""

import sys
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import click

from faqbot.commands.opening import KNOWLEDGE, open_assistant
from faqbot.language.pack import LANGUAGES

_LANGUAGE = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the reply; default: the question's.")


@click.command()
@click.argument("text", required=False)
@_LANGUAGE
@KNOWLEDGE
@click.option("--json", "as_json", is_flag=True, help="Print the reply as JSON, as POST /api/chat gives it.")
@click.option("--explain", is_flag=True, help="Show what the question matched and why.")
def ask(text: str | None, lang: str | None, knowledge: Path | None, as_json: bool, explain: bool) -> None:
    """Ask one question, or, without TEXT, several at a prompt.

    Example: faqbot ask "how much RAM do I need" --explain
    """
    from faqbot import terminal

    assistant = open_assistant(knowledge)
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
