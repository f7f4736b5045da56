"""Commands about who may use the helpdesk."""

import os
import pty
import subprocess
from contextlib import ExitStack
from pathlib import Path
from select import select

import pytest

from faqbot.store.store import Store
from tests.commands.conftest import Run
from tests.server_process import FAQBOT, LONGEST

PASSWORD = "mật khẩu dài"


def deeds(store: Store) -> list[tuple[str, str, str, str]]:
    return [(each.actor, each.action, each.subject, each.detail) for each in reversed(store.audit.list())]


def test_a_user_is_added_with_the_password_from_the_input(run: Run, store: Store) -> None:
    result = run("user", "add", " lan ", "--role", "editor", typed=f"{PASSWORD}\r\nsomething else\n")
    assert (result.exit_code, result.stdout) == (0, "lan may log in as editor\n")
    user = store.users.log_in("lan", PASSWORD)
    assert user is not None
    assert user.role == "editor"
    assert deeds(store) == [("command line", "user.add", "lan", "editor")]


def test_adding_a_user_again_changes_role_and_password(run: Run, store: Store) -> None:
    run("user", "add", "lan", "--role", "agent", typed="the first password")
    assert run("user", "add", "lan", "--role", "admin", typed=PASSWORD).exit_code == 0
    assert [(user.name, user.role, user.epoch) for user in store.users.all()] == [("lan", "admin", 1)]


@pytest.mark.parametrize(
    ("arguments", "typed", "status", "said"),
    [
        (["lan", "--role", "agent"], "short\n", 1, "Error: the password is too short: at least 10 characters"),
        (["lan", "--role", "agent"], "", 1, "Error: the password is too short"),
        ([" ", "--role", "agent"], f"{PASSWORD}\n", 1, "Error: a user needs a name"),
        (["lan", "--role", "king"], PASSWORD, 2, "'agent', 'editor', 'admin'"),
        (["lan"], PASSWORD, 2, "--role"),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    run: Run, store: Store, arguments: list[str], typed: str, status: int, said: str
) -> None:
    result = run("user", "add", *arguments, typed=typed)
    assert (result.exit_code, said in result.stderr, PASSWORD in result.output) == (status, True, False)
    assert (store.users.all(), store.audit.list()) == ((), ())


def test_users_are_listed_and_removed(run: Run, store: Store) -> None:
    for name in ("minh", "lan"):
        run("user", "add", name, "--role", "agent", typed=PASSWORD)
    assert run("user", "list").stdout == "lan\tagent\nminh\tagent\n"
    assert run("user", "remove", "lan").exit_code == 0
    assert run("user", "list").stdout == "minh\tagent\n"
    assert deeds(store)[-1] == ("command line", "user.remove", "lan", "")


def test_who_is_not_there_cannot_be_removed(run: Run, store: Store) -> None:
    for command, said in (("user", "there is no user 'lan'"), ("token", "there is no valid token 'lan'")):
        result = run(command, "remove" if command == "user" else "revoke", "lan")
        assert (result.exit_code, result.stderr) == (
            1,
            f"Error: {said}; `faqbot {command} list` names those there are\n",
        )
    assert store.audit.list() == ()


def test_a_token_is_printed_alone_and_works(run: Run, store: Store) -> None:
    result = run("token", "create", "zammad", "--role", "agent")
    token = store.tokens.by_secret(result.stdout.removesuffix("\n"))
    assert token is not None
    assert (token.name, token.role, result.stderr) == ("zammad", "agent", "")
    assert deeds(store) == [("command line", "token.create", "zammad", "agent")]


def test_a_name_of_a_token_is_taken_once(run: Run, store: Store) -> None:
    run("token", "create", "zammad", "--role", "agent")
    result = run("token", "create", "zammad", "--role", "admin")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'zammad' already" in result.stderr


def test_tokens_are_listed_without_their_secrets_and_revoked(run: Run, store: Store) -> None:
    secret = run("token", "create", "zammad", "--role", "agent").stdout.strip()
    listed = run("token", "list").stdout
    assert (listed.split("\t")[:2], listed.endswith("\tvalid\n"), secret in listed) == (
        ["zammad", "agent"],
        True,
        False,
    )
    assert run("token", "revoke", "zammad").exit_code == 0
    assert store.tokens.by_secret(secret) is None
    assert "\trevoked 2" in run("token", "list").stdout
    assert run("token", "revoke", "zammad").exit_code == 1
    assert deeds(store)[-1] == ("command line", "token.revoke", "zammad", "")


@pytest.mark.parametrize("command", [["user", "list"], ["token", "list"], ["purge"], ["backup", "x"]])
def test_with_the_store_down_a_command_says_so_and_who_says_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
) -> None:
    environ = {**os.environ, "FAQBOT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    ended = faqbot(command, environ, tmp_path)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert ended.stderr.startswith("Error: the store is down (OperationalError); `faqbot doctor` says where it is")


def faqbot(command: list[str], environ: dict[str, str], folder: Path) -> "subprocess.CompletedProcess[str]":
    script = [*FAQBOT, *command]
    return subprocess.run(
        script,
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(database_url: str, store: Store) -> None:
    ours, theirs = pty.openpty()
    command = [*FAQBOT, "user", "add", "lan", "--role", "agent"]
    environ = {**os.environ, "FAQBOT_DATABASE_URL": database_url}
    with (
        subprocess.Popen(
            command, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        ) as process,
        ExitStack() as end,
    ):
        end.callback(process.kill)
        os.close(theirs)
        shown = read_until(ours, b"Password: ")
        os.write(ours, f"{PASSWORD}\n".encode())
        shown += read_until(ours, b"Once more: ")
        os.write(ours, f"{PASSWORD}\n".encode())
        shown += read_until(ours, b"lan may log in as agent")
        assert process.wait(LONGEST) == 0
    os.close(ours)
    assert PASSWORD.encode() not in shown
    assert store.users.log_in("lan", PASSWORD) is not None


def read_until(terminal: int, wanted: bytes) -> bytes:
    """Return what is shown up to and with that text; fail where the program ends before."""
    shown = b""
    while wanted not in shown:
        assert select([terminal], [], [], LONGEST)[0], shown
        shown += os.read(terminal, 1_000)
    return shown
