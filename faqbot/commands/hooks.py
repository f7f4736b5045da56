"""Commands about the webhooks of chat programs."""

import json
import re

import click

from faqbot.channels.kinds import KINDS
from faqbot.commands.opening import ACTOR, open_store
from faqbot.errors import SettingsError
from faqbot.language.pack import LANGUAGES

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
_SHORTEST_TOKEN = 16
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def hook() -> None:
    """Add, list, change and remove the webhooks of chat programs.

    Example: faqbot hook add help --kind mattermost
    """


@hook.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="The program that calls it.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language to reply in; default: the question's.")
@click.option("--silent", is_flag=True, help="Say nothing where it cannot help.")
@click.option("--public-only", is_flag=True, help="Answer only with sections marked public.")
@_JSON
def add(name: str, kind: str, lang: str | None, silent: bool, public_only: bool, as_json: bool) -> None:
    """Add a webhook, and print its path and its secret, this once.

    Example: faqbot hook add help --kind rocketchat --lang vi
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"a hook cannot be called {name!r}; use a to z, digits, and hyphens and underscores between them"
        )
    with open_store() as store:
        secret = store.hooks.add(name, kind, language=lang, silent=silent, public_only=public_only)
        store.audit.note(ACTOR, "hook.add", name, kind)
    _show(name, secret, as_json=as_json)


@hook.command()
@click.argument("name")
@_JSON
def rotate(name: str, as_json: bool) -> None:
    """Print a new secret; the newest one before it stays valid too, until the next change.

    Example: faqbot hook rotate help
    """
    with open_store() as store:
        secret = store.hooks.rotate(name)
        if secret is None:
            raise _unknown(name)
        store.audit.note(ACTOR, "hook.rotate", name)
    _show(name, secret, as_json=as_json)


@hook.command()
@click.argument("name")
def accept(name: str) -> None:
    """Accept a token that the program made itself, as Mattermost and Zulip do; asks for it, or reads it from a pipe.

    Example: faqbot hook accept help
    """
    with open_store() as store:
        if store.hooks.find(name) is None:
            raise _unknown(name)
    token = str(click.prompt("Token", hide_input=True, prompt_suffix=": ", err=True)).strip()
    if len(token) < _SHORTEST_TOKEN:
        raise SettingsError(f"the token is too short: at least {_SHORTEST_TOKEN} characters are needed")
    with open_store() as store:
        if not store.hooks.accept(name, token):
            raise _unknown(name)
        store.audit.note(ACTOR, "hook.accept", name)
    click.echo(f"{name} accepts the token")


@hook.command("list")
@_JSON
def list_(as_json: bool) -> None:
    """List the webhooks.

    Example: faqbot hook list --json
    """
    with open_store() as store:
        found = store.hooks.all()
    for each in found:
        fields = {
            "name": each.name,
            "kind": each.kind,
            "path": f"/hooks/{each.name}",
            "lang": each.language,
            "silent": each.silent,
            "public_only": each.public_only,
            "secrets": len(each.secret_hashes),
        }
        marks = [each.language or "", "silent" if each.silent else "", "public only" if each.public_only else ""]
        line = "  ".join([each.name, each.kind, *filter(None, marks)])
        click.echo(json.dumps(fields, ensure_ascii=False) if as_json else line)


@hook.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove a webhook; its secrets are worth nothing from now on.

    Example: faqbot hook remove help
    """
    with open_store() as store:
        if not store.hooks.remove(name):
            raise _unknown(name)
        store.audit.note(ACTOR, "hook.remove", name)
    click.echo(f"{name} is removed")


def _unknown(name: str) -> SettingsError:
    return SettingsError(f"there is no hook {name!r}; `faqbot hook list` names those there are")


def _show(name: str, secret: str, *, as_json: bool) -> None:
    path = f"/hooks/{name}"
    if as_json:
        click.echo(json.dumps({"name": name, "path": path, "secret": secret}))
    else:
        click.echo(f"path: {path}\nsecret: {secret}")
