"""A server writes into its data folder, and nowhere else: it runs where nothing else can be written."""

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.ports import free_port
from tests.server_process import FAQBOT, LONGEST, running, serve_command

READ_ONLY = """
mount --make-rprivate /
mount --bind "$FAQBOT_DATA" "$FAQBOT_DATA"
while read -r _ place kind _; do
  case "$place" in "$FAQBOT_DATA" | /proc* | /sys* | /dev*) ;; *) mount -o remount,bind,ro "$place" ;; esac
done < /proc/mounts
! touch "$ELSEWHERE/file" 2>/dev/null || { echo "this can be written"; exit 9; }
exec "$@"
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a server that may write its data folder."""
    (tmp_path / "data").mkdir()
    data = str(tmp_path / "data")
    own = {"FAQBOT_DATA": data, "XDG_CACHE_HOME": f"{data}/cache", "ELSEWHERE": str(tmp_path)}
    found = {**os.environ, **own, "PYTHONDONTWRITEBYTECODE": "1"}
    tried = run(["true"], found)
    if tried.returncode != 0:
        pytest.skip(f"nothing can be made read-only here: {tried.stderr.strip() or tried.stdout.strip()}")
    return found


def confined(command: Sequence[str]) -> list[str]:
    """Return a command that runs where only the data folder can be written."""
    return ["unshare", "--mount", "sh", "-e", "-c", READ_ONLY, "sh", *command]


def run(command: Sequence[str], environ: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a command there, which ends by itself."""
    return subprocess.run(confined(command), env=environ, capture_output=True, text=True, check=False, timeout=LONGEST)


def post(port: int, path: str, content: object) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST", path, json.dumps(content), {"Content-Type": "application/json"})
        return connection.getresponse().status


def test_a_server_answers_and_remembers(environ: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    command = confined(serve_command(port, "--knowledge", str(DATA / "library")))
    with running(command, port, tmp_path / "log", environ) as server:
        assert post(port, "/api/chat", {"message": "are you open on Sunday"}) == 200
        assert post(port, "/api/handoff", {"message": "please call me"}) == 201
        server.stop()
    kept = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"cache", "faqbot.sqlite3", "secret-key"} <= kept


def test_the_doctor_finds_it_well(environ: dict[str, str]) -> None:
    done = run([*FAQBOT, "doctor"], environ)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_folder_to_write_a_server_does_not_start_and_the_doctor_says_why(
    environ: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = ["env", f"FAQBOT_DATA={tmp_path / 'other'}"]
    commands = (serve_command(free_port()), [*FAQBOT, "doctor"])
    served, looked = (run([*elsewhere, *command], environ) for command in commands)
    assert (served.returncode, looked.returncode) == (1, 1)
    assert "no temporary folder can be made" in served.stderr
    assert f"fault    FAQBOT_DATA: {tmp_path} cannot be written (Read-only file system)" in looked.stdout
