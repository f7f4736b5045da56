"""Servers that tests start begin within bounds, and end with whoever started them."""

import signal
import sys
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server_process import ServerError, running


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Says that it is ready by a file of that name; the port follows."""
    (tmp_path / "readyz").touch()
    return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(tmp_path)]


def test_one_that_does_not_start_shows_why(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerError, match=r"does not start; it says:\nno knowledge"),
        running([sys.executable, "-c", "raise SystemExit('no knowledge')"], free_port(), tmp_path / "log"),
    ):
        pytest.fail("it did")


def test_it_is_killed_with_the_block(command: list[str], tmp_path: Path) -> None:
    port = free_port()
    with running([*command, str(port)], port, tmp_path / "log") as server:
        assert server.is_ready()
    assert (server.process.returncode, server.is_ready()) == (-signal.SIGKILL, False)


def test_it_can_be_told_to_end_before(command: list[str], tmp_path: Path) -> None:
    port = free_port()
    with running([*command, str(port)], port, tmp_path / "log") as server:
        server.stop()
        assert server.process.returncode == -signal.SIGTERM
