"""The command that runs the server."""

import os
from pathlib import Path

import click

from faqbot.commands.opening import KNOWLEDGE, settings
from faqbot.metrics.folder import shared_folder


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="Port to listen on.")
@KNOWLEDGE
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that answer; default: one for two cores, at most four."
)
def serve(host: str, port: int, knowledge: Path | None, workers: int | None) -> None:
    """Serve the web page and the HTTP API.

    Example: faqbot serve --port 8080 --knowledge docs/
    """
    chosen = settings(knowledge)
    with shared_folder(os.environ, chosen.data):
        from faqbot.web.serve import run

        run(chosen, host=host, port=port, workers=workers, announce=click.echo)
