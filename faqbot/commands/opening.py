"""What commands begin with: settings, an assistant, the store."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from faqbot.settings import Settings

if TYPE_CHECKING:
    from faqbot.assistant import Assistant
    from faqbot.store.store import Store

ACTOR = "command line"
"""Who the audit says it was."""
KNOWLEDGE = click.option(
    "--knowledge", type=click.Path(path_type=Path), help="Folder or Markdown file to answer from; default: its own."
)


def settings(knowledge: Path | None = None) -> Settings:
    """Return the settings of the environment.

    :param knowledge: What the command line names in place of the environment's; None for nothing.
    :raises SettingsError: if a value cannot be used.
    """
    found = Settings.from_environ(os.environ)
    return replace(found, knowledge=knowledge) if knowledge else found


def open_assistant(knowledge: Path | None) -> "Assistant":
    """Load the assistant that the command line or the environment names, with the meanings that it compares by.

    :raises SettingsError: as ``settings`` does.
    :raises KnowledgeError: if the knowledge cannot be used.
    """
    from faqbot.startup import add_meaning, load_assistant

    chosen = settings(knowledge)
    assistant = load_assistant(chosen.knowledge)
    meaning = add_meaning(assistant, chosen.embeddings_url, chosen.embeddings_model)
    if meaning is not None:
        meaning.settle()
    return assistant


@contextmanager
def open_store() -> Iterator["Store"]:
    """Open the store that the environment names, until the block ends.

    :raises SettingsError: as ``settings`` does.
    """
    from faqbot.store.store import Store

    with closing(Store(settings().store_url())) as store:
        yield store
