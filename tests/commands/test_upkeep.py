"""Commands that keep the store small and safe."""

from datetime import timedelta
from pathlib import Path

import pytest

from faqbot.store.column_types import now
from faqbot.store.store import Store
from tests.commands.conftest import Run
from tests.store.making import exchange

EVER = now() - timedelta(days=10_000)


def keep(store: Store, *days: float) -> None:
    store.exchanges.keep([exchange(str(each), at=now() - timedelta(days=each)) for each in days])


def left(store: Store) -> list[str]:
    return [each.id for each in store.exchanges.since(EVER)]


def test_a_purge_goes_by_the_setting_unless_it_is_told_otherwise(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, 100, 40, 8, 2)
    assert run("purge").stdout == "deleted 1 questions and 0 tickets older than 90 days\n"
    monkeypatch.setenv("FAQBOT_RETENTION_DAYS", "30")
    assert run("purge").exit_code == 0
    assert left(store) == ["8", "2"]
    assert run("purge", "--days", "7").exit_code == 0
    assert left(store) == ["2"]
    deed = store.audit.list()[0]
    assert (deed.actor, deed.action, deed.subject) == ("command line", "purge", "7 days")


@pytest.mark.parametrize("days", ["0", "-1", "36501", "many"])
def test_odd_days_are_refused(run: Run, store: Store, days: str) -> None:
    keep(store, 100)
    assert run("purge", "--days", days).exit_code == 2
    assert left(store) == ["100"]


def test_a_backup_is_restored_into_another_store(
    run: Run, store: Store, empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep(store, 2, 1)
    file = str(tmp_path / "backup")
    assert run("backup", file).stdout == f"wrote {file}\n"
    assert run("backup", file).exit_code == 1
    assert store.audit.list()[0].action == "backup"
    monkeypatch.setenv("FAQBOT_DATABASE_URL", empty_url)
    assert run("restore", file).stdout == f"restored {file}\n"
    result = run("restore", file)
    assert (result.exit_code, result.stderr.startswith("Error: the store is not empty")) == (1, True)
    assert run("backup", str(tmp_path / "again")).exit_code == 0
