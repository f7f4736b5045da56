"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from faqbot.whole_file import write_whole


def test_content_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "cache" / "faqbot" / "kept"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_nobody_else_can_look_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "cache" / "faqbot" / "kept", b"x")
    assert [folder.stat().st_mode & 0o077 for folder in (tmp_path / "cache", tmp_path / "cache" / "faqbot")] == [0, 0]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(OSError, match="kept"):
        write_whole(tmp_path / "kept", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_rights_stay_as_they_were(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.touch(0o640)
    target.chmod(0o640)
    write_whole(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640
