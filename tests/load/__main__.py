"""Measure a running server: python -m tests.load --help."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from faqbot.errors import FaqbotError
from tests.load.questions import REPEATED, distinct_questions, write_bodies
from tests.load.rounds import Figures, Way, measure
from tests.load.servers import Server, bare, faqbot
from tests.server_process import ServerError


@click.command()
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1), help="How often each way is measured.")
@click.option("--seconds", default=5, show_default=True, type=click.IntRange(1), help="How long, each time.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes that answer.")
def main(rounds: int, seconds: int, workers: int) -> None:
    """Set faqbot's chat endpoint beside a bare Flask one, under load; then measure starts and memory. It needs wrk.

    Example: python -m tests.load --rounds 5
    """
    with TemporaryDirectory() as name:
        try:
            _measure(Path(name), rounds, seconds, workers)
        except (FaqbotError, ServerError) as error:
            raise click.ClickException(str(error)) from error


def _measure(folder: Path, rounds: int, seconds: int, workers: int) -> None:
    console = Console()
    questions = distinct_questions()
    all_of_them = write_bodies(questions, folder / "distinct")
    some = write_bodies(questions[-REPEATED:], folder / "repeated")
    with faqbot(folder, workers) as server:
        cold = server.start_s
    with faqbot(folder, workers) as server, bare(folder, workers) as judge:
        ways = {
            "bare Flask": Way(judge, some, again=True),
            "distinct questions": Way(server, all_of_them, again=False),
            "repeated questions": Way(server, some, again=True),
        }
        console.print(_speeds(measure(ways, rounds, seconds)))
        console.print(_sizes(cold, server))


def _speeds(measured: dict[str, Figures]) -> Table:
    table = Table("", "requests/s", "of bare", "median ms", "99% ms", "half load: median ms", "99% ms")
    for name, found in measured.items():
        times = (found.median_ms, found.percentile_99_ms, found.half_median_ms, found.half_percentile_99_ms)
        table.add_row(name, f"{found.rate:,.0f}", f"{found.share:.2f}", *(f"{each:.1f}" for each in times))
    return table


def _sizes(cold: float, server: Server) -> Table:
    worker, keeper = server.memory_mb()
    table = Table("first start s", "start s", "MB a worker", "MB of the process above them")
    table.add_row(f"{cold:.2f}", f"{server.start_s:.2f}", f"{worker:.0f}", f"{keeper:.0f}")
    return table


if __name__ == "__main__":
    main()
