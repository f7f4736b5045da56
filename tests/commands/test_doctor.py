"""The doctor looks at the installation that the environment describes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from faqbot.cli import main
from tests.conftest import DATA


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FAQBOT_KNOWLEDGE", str(DATA / "library"))


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


@pytest.mark.usefixtures("_installed")
def test_warnings_alone_end_well_and_nothing_is_changed(tmp_path: Path) -> None:
    result = doctor()
    assert result.exit_code == 0, result.output
    assert "warning  admins: there is none" in result.stdout
    assert "         → faqbot user add NAME --role admin" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 fault(s), ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_installed")
def test_a_fault_ends_with_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_TRUSTED_PROXIES", "0.0.0.0/0")
    monkeypatch.setenv("FAQBOT_RETENTION_DAYS", "never")
    result = doctor()
    assert result.exit_code == 1
    assert "fault    FAQBOT_RETENTION_DAYS: is 'never'" in result.stdout
    assert "fault    FAQBOT_TRUSTED_PROXIES: 0.0.0.0/0" in result.stdout


@pytest.mark.usefixtures("_installed")
def test_the_findings_can_be_had_as_json() -> None:
    result = doctor("--json")
    found = json.loads(result.stdout)
    assert sum(found["counts"].values()) == len(found["findings"])
    assert {frozenset(each) for each in found["findings"]} == {frozenset(("level", "where", "found", "advice"))}
