"""Commands that keep the store small and safe."""

from pathlib import Path

import click

from faqbot.commands.opening import ACTOR, open_store, settings
from faqbot.settings.values import LONGEST_RETENTION

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@click.option(
    "--days", type=click.IntRange(1, LONGEST_RETENTION), help="Keep what is younger; default: FAQBOT_RETENTION_DAYS."
)
def purge(days: int | None) -> None:
    """Delete old questions, and solved tickets that nobody has touched for as long. A server does so once a day.

    Example: faqbot purge --days 30
    """
    from faqbot.store.retention import purge as forget

    kept = settings().retention_days if days is None else days
    with open_store() as store:
        purged = forget(store.database, kept)
        detail = f"{purged.exchanges} questions and {purged.tickets} tickets older than {kept} days"
        store.audit.note(ACTOR, "purge", f"{kept} days", detail)
    click.echo(f"deleted {detail}")


@click.command()
@_FILE
def backup(file: Path) -> None:
    """Write the whole store into one new file, while the server runs.

    Example: faqbot backup faqbot-monday.sqlite3
    """
    from faqbot.store.backup import back_up

    with open_store() as store:
        back_up(store.database, file)
        store.audit.note(ACTOR, "backup", file)
    click.echo(f"wrote {file}")


@click.command()
@_FILE
def restore(file: Path) -> None:
    """Put a backup into an empty store, on SQLite or PostgreSQL, whichever it came from.

    Example: faqbot restore faqbot-monday.sqlite3
    """
    from faqbot.store.backup import restore as put_back

    with open_store() as store:
        put_back(store.database, file)
        store.audit.note(ACTOR, "restore", file)
    click.echo(f"restored {file}")
