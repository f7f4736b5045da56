"""Webhooks are added, changed and removed from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faqbot.channels.kinds import KINDS
from faqbot.channels.platforms import PLATFORMS
from faqbot.commands.hooks import hook
from faqbot.settings import Settings
from faqbot.store.hooks import Hook
from faqbot.store.store import Store
from tests.test_cli import faqbot

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command about hooks, with a store of its own."""
    monkeypatch.setenv("FAQBOT_DATA", str(tmp_path))
    return lambda *arguments, **options: faqbot("hook", *arguments, **options)


def found(tmp_path: Path, name: str) -> Hook | None:
    store = Store(Settings(data=tmp_path).store_url())
    try:
        return store.hooks.find(name)
    finally:
        store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_hook_is_added_and_its_secret_shown_once(run: Run, tmp_path: Path, kind: str) -> None:
    shown = json.loads(run("add", "help", "--kind", kind, "--json").stdout)
    hook = found(tmp_path, "help")
    assert shown["path"] == "/hooks/help"
    assert len(shown["secret"]) >= 32
    assert hook is not None
    assert (hook.kind, hook.accepts(shown["secret"]), hook.accepts("x")) == (kind, True, False)
    assert shown["secret"] not in run("list", "--json").stdout


def test_every_kind_can_be_served() -> None:
    assert tuple(PLATFORMS) == KINDS


def test_path_and_secret_are_shown_to_people_too(run: Run) -> None:
    lines = run("add", "help", "--kind", "zulip").stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["path", "secret"]


def test_a_hook_has_its_own_manners(run: Run, tmp_path: Path) -> None:
    run("add", "help", "--kind", "slack", "--lang", "vi", "--silent", "--public-only")
    hook = found(tmp_path, "help")
    assert hook is not None
    assert (hook.language, hook.silent, hook.public_only) == ("vi", True, True)
    assert run("list").stdout == "help  slack  vi  silent  public only\n"


def test_while_a_secret_is_changed_two_are_valid(run: Run, tmp_path: Path) -> None:
    secrets = [json.loads(run("add", "help", "--kind", "zulip", "--json").stdout)["secret"]]
    secrets += [json.loads(run("rotate", "help", "--json").stdout)["secret"] for _ in range(2)]
    hook = found(tmp_path, "help")
    assert hook is not None
    assert [hook.accepts(secret) for secret in secrets] == [False, True, True]


def test_a_token_that_the_program_made_is_accepted(run: Run, tmp_path: Path) -> None:
    run("add", "help", "--kind", "mattermost")
    result = run("accept", "help", input="xr3j5x3p4pfk7kk6ck7b4e6ghh\n")
    hook = found(tmp_path, "help")
    assert result.stdout == "help accepts the token\n"
    assert hook is not None
    assert hook.accepts("xr3j5x3p4pfk7kk6ck7b4e6ghh")


@pytest.mark.parametrize("name", ["h", "7", "it-help", "it_help", "IT-Help", "a" * 64])
def test_a_name_may_have_letters_digits_hyphens_and_underscores(run: Run, tmp_path: Path, name: str) -> None:
    assert run("add", name, "--kind", "zulip").exit_code == 0
    assert found(tmp_path, name) is not None


def test_a_removed_hook_is_gone(run: Run, tmp_path: Path) -> None:
    run("add", "help", "--kind", "zulip")
    assert run("remove", "help").exit_code == 0
    assert found(tmp_path, "help") is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "Help!", "--kind", "zulip"], "hyphens and underscores between them"),
        (["add", "-x", "--kind", "zulip"], "No such option"),
        (["add", "help", "--kind", "irc"], "'slack', 'mattermost', 'rocketchat', 'zulip'"),
        (["add", "taken", "--kind", "zulip"], "already"),
        (["rotate", "none"], "there is no hook 'none'"),
        (["remove", "none"], "there is no hook 'none'"),
        (["accept", "none"], "there is no hook 'none'"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: list[str], message: str) -> None:
    run("add", "taken", "--kind", "zulip")
    result = run(*arguments, input="a-token-that-is-long-enough\n")
    assert result.exit_code != 0
    assert message in result.stderr


def test_no_token_is_asked_for_where_there_is_no_such_hook(run: Run) -> None:
    assert "Token" not in run("accept", "none").stderr


def test_a_short_token_is_refused(run: Run) -> None:
    run("add", "help", "--kind", "zulip")
    assert "too short" in run("accept", "help", input="short\n").stderr


@pytest.mark.parametrize("name", sorted(hook.commands))
def test_every_command_shows_an_example(name: str) -> None:
    shown = CliRunner().invoke(hook, [name, "--help"]).stdout
    assert f"Example: faqbot hook {name}" in " ".join(shown.split())
