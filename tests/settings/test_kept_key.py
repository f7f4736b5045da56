"""The secret key that is made once, shared by workers, and its owner's alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.settings import Settings


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Settings(data=tmp_path / "new" / "folder").signing_key()
    assert len(first) >= 32
    assert Settings(data=tmp_path / "new" / "folder").signing_key() == first


def test_every_data_folder_has_its_own_key(tmp_path: Path) -> None:
    assert Settings(data=tmp_path / "one").signing_key() != Settings(data=tmp_path / "two").signing_key()


def test_the_kept_key_is_its_owners_alone(tmp_path: Path) -> None:
    Settings(data=tmp_path).signing_key()
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [("secret-key", 0o600)]


def test_workers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Settings(data=tmp_path).signing_key(), range(32)))
    assert len(keys) == 1


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingsError, match=r"no secret key can be kept in .*; set FAQBOT_DATA"):
            Settings(data=folder).signing_key()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"\n", b"short"])
def test_a_kept_key_that_is_damaged_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(SettingsError, match="secret-key"):
        Settings(data=tmp_path).signing_key()
