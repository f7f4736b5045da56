"""Commands about who may use the helpdesk."""

import sys

import click

from faqbot.commands.opening import ACTOR, open_store
from faqbot.errors import SettingsError
from faqbot.store.role import Role

_ROLE = click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="What they may do.")


@click.group()
def user() -> None:
    """Say who may log in to the helpdesk.

    Example: faqbot user add lan --role editor
    """


@user.command("add")
@click.argument("name")
@_ROLE
def add_user(name: str, role: str) -> None:
    """Add a user, or give one a new role and password, which ends their sessions.

    The password is asked for; where there is no terminal, it is the first line of the standard input.

    Example: faqbot user add lan --role editor
    """
    password = _password()
    with open_store() as store:
        added = store.users.put(name, Role(role), password)
        store.audit.note(ACTOR, "user.add", added.name, str(added.role))
    click.echo(f"{added.name} may log in as {added.role}")


@user.command("list")
def list_users() -> None:
    """List the users: name and role.

    Example: faqbot user list
    """
    with open_store() as store:
        for each in store.users.all():
            click.echo(f"{each.name}\t{each.role}")


@user.command("remove")
@click.argument("name")
def remove_user(name: str) -> None:
    """Remove a user, whose sessions end.

    Example: faqbot user remove lan
    """
    with open_store() as store:
        if not store.users.remove(name):
            raise SettingsError(f"there is no user {name!r}; `faqbot user list` names those there are")
        store.audit.note(ACTOR, "user.remove", name)
    click.echo(f"{name} is removed")


@click.group()
def token() -> None:
    """Say which programs may use the helpdesk's API.

    Example: faqbot token create zammad --role agent
    """


@token.command("create")
@click.argument("name")
@_ROLE
def create_token(name: str, role: str) -> None:
    """Make a token and print it, and nothing else. It is shown this once.

    Example: faqbot token create zammad --role agent
    """
    with open_store() as store:
        secret = store.tokens.create(name, Role(role))
        store.audit.note(ACTOR, "token.create", name, role)
    click.echo(secret)


@token.command("list")
def list_tokens() -> None:
    """List the tokens: name, role, when they were made, and when revoked.

    Example: faqbot token list
    """
    with open_store() as store:
        for each in store.tokens.all():
            revoked = f"revoked {each.revoked:%Y-%m-%d}" if each.revoked else "valid"
            click.echo(f"{each.name}\t{each.role}\t{each.created:%Y-%m-%d}\t{revoked}")


@token.command("revoke")
@click.argument("name")
def revoke_token(name: str) -> None:
    """End a token at once and for good.

    Example: faqbot token revoke zammad
    """
    with open_store() as store:
        if not store.tokens.revoke(name):
            raise SettingsError(f"there is no valid token {name!r}; `faqbot token list` names those there are")
        store.audit.note(ACTOR, "token.revoke", name)
    click.echo(f"{name} is revoked")


def _password() -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
        return typed
    return sys.stdin.readline().rstrip("\r\n")
