"""What tests of commands need."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from faqbot.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the store; whatever goes wrong, it ends with a status and no traceback."""
    monkeypatch.setenv("FAQBOT_DATABASE_URL", database_url)

    def run_one(*arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(main, arguments, input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run_one
