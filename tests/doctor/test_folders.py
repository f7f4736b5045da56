"""What must be written can be, and what is secret is its owner's alone."""

from pathlib import Path

import pytest

from faqbot.doctor import folders
from faqbot.settings import Settings
from faqbot.store.store import Store
from tests.doctor.looking import levels, look

ON_POSTGRESQL = {"DATABASE_URL": "postgresql://db.example/faqbot", "SECRET_KEY": "k3Jq8-zP0w_Tb5Xy"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a key and a store."""
    settings = Settings(data=tmp_path / "data")
    settings.signing_key()
    store = Store(settings.store_url())
    store.users.all()
    store.close()
    return settings.data


@pytest.mark.parametrize("name", ["", "to/come"])
def test_a_folder_that_can_be_written_or_made_is_well_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    assert levels(look(folders.data, DATA=tmp_path / name)) == ["ok"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = look(folders.data, DATA=tmp_path / "file")
    assert (levels(found), found[0].found) == (["fault"], f"{tmp_path / 'file'} is no folder")


def test_a_folder_that_nothing_is_kept_in_may_be_anything() -> None:
    assert look(folders.data, DATA="/proc/nothing", **ON_POSTGRESQL) == []


def test_a_folder_that_cannot_be_written_is_a_fault() -> None:
    assert levels(look(folders.data, DATA="/proc/nothing")) == ["fault"]


def test_a_cache_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert levels(look(folders.cache)) == ["ok"]
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nothing")
    assert levels(look(folders.cache)) == ["warning"]


@pytest.mark.parametrize(("mode", "expected"), [(0o600, "ok"), (0o400, "ok"), (0o640, "fault"), (0o604, "fault")])
def test_others_may_not_read_the_key(data: Path, mode: int, expected: str) -> None:
    (data / "secret-key").chmod(mode)
    assert levels(look(folders.key_file, DATA=data)) == [expected]
    assert look(folders.key_file, DATA=data, **ON_POSTGRESQL) == []


def test_others_may_not_read_the_store(data: Path) -> None:
    assert set(levels(look(folders.sqlite, DATA=data))) == {"ok"}
    (data / "faqbot.sqlite3").chmod(0o644)
    found = look(folders.sqlite, DATA=data)
    assert "fault" in levels(found)
    assert f"chmod 600 {data / 'faqbot.sqlite3'}" in [each.advice for each in found]
    assert look(folders.sqlite, DATA=data, **ON_POSTGRESQL) == []


def test_looking_leaves_nothing_behind(data: Path) -> None:
    before = sorted(data.iterdir())
    for check in (folders.data, folders.key_file, folders.sqlite, folders.space):
        look(check, DATA=data)
    assert sorted(data.iterdir()) == before


class _Usage:
    def __init__(self, mebibytes: int) -> None:
        self.free = mebibytes * 1024**2


@pytest.fixture(params=[(99, "fault"), (100, "warning"), (1023, "warning"), (1024, "ok")])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How a disk with so much space is called."""
    free, expected = request.param
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(free))
    return str(expected)


def test_a_disk_that_fills_up_is_seen_in_time(tmp_path: Path, disk: str) -> None:
    assert levels(look(folders.space, DATA=tmp_path / "to" / "come")) == [disk]
