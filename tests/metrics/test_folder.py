"""Where the processes of one server put their numbers together."""

import tempfile
from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.metrics.folder import VARIABLE, shared_folder


def test_a_folder_is_there_while_the_server_runs(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    with shared_folder(environ, tmp_path):
        folder = Path(environ[VARIABLE])
        (folder / "counter_1.db").touch()
        assert folder.stat().st_mode & 0o077 == 0
    assert environ == {}
    assert not folder.exists()


def test_a_folder_of_the_operator_stays(tmp_path: Path) -> None:
    environ = {VARIABLE: str(tmp_path)}
    with shared_folder(environ, tmp_path):
        assert environ == {VARIABLE: str(tmp_path)}
    assert environ == {VARIABLE: str(tmp_path)}
    assert tmp_path.exists()


def test_a_server_that_can_make_no_folder_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="set TMPDIR"), shared_folder({}, tmp_path / "file"):
        pass


def test_without_a_place_for_temporary_folders_it_is_among_the_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    environ: dict[str, str] = {}
    with shared_folder(environ, tmp_path / "data"):
        assert Path(environ[VARIABLE]).parent == tmp_path / "data"
