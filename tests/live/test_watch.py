"""The system tells of every change of the knowledge's files, whatever becomes of them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree
from threading import Event, Timer

import pytest

from faqbot.live.watch import moments
from tests.following import SECONDS, replace, save_by_renaming


class Watched:
    """A path that is being watched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stopped = Event()
        self._moments = moments(path, self.stopped)

    def settle(self) -> None:
        """Go on until nothing is told any more, and what is at the path now is being watched."""
        quiet = 0
        while quiet < 4:
            quiet = 0 if next(self._moments) else quiet + 1

    def is_told(self) -> bool:
        """Go on until a change is told."""
        end = Timer(SECONDS, self.stopped.set)
        end.start()
        found = any(self._moments)
        end.cancel()
        return found


@pytest.fixture
def watch() -> Iterator[Callable[[Path], Watched]]:
    opened: list[Watched] = []

    def begin(path: Path) -> Watched:
        opened.append(Watched(path))
        opened[-1].settle()
        return opened[-1]

    yield begin
    for each in opened:
        each.stopped.set()


@pytest.fixture(params=["native", "polling"])
def watched(
    request: pytest.FixtureRequest,
    library_folder: Path,
    watch: Callable[[Path], Watched],
    monkeypatch: pytest.MonkeyPatch,
) -> Watched:
    """The school library; once as the system tells of it, once as on network drives."""
    if request.param == "polling":
        monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    return watch(library_folder)


def write(folder: Path) -> None:
    replace(folder / "guide" / "library.en.md", "7 more days", "10 more days")


def rename(folder: Path) -> None:
    save_by_renaming(folder / "glossary.yaml", "book: {en: [book, tome]}\n")


def remove(folder: Path) -> None:
    (folder / "guide" / "not-covered.yaml").unlink()


def add_a_folder(folder: Path) -> None:
    (folder / "cafe").mkdir()
    (folder / "cafe" / "cafe.en.md").write_text("# Café\n\nWe sell coffee.\n", "utf-8")


@pytest.mark.parametrize("change", [write, rename, remove, add_a_folder])
def test_a_change_in_a_folder_is_told(watched: Watched, change: Callable[[Path], None]) -> None:
    change(watched.path)
    assert watched.is_told()


def test_a_folder_is_watched_after_it_was_replaced(watched: Watched, tmp_path: Path) -> None:
    copytree(watched.path, tmp_path / "new")
    watched.path.rename(tmp_path / "old")
    (tmp_path / "new").rename(watched.path)
    watched.settle()
    write(watched.path)
    assert watched.is_told()


def test_a_folder_is_watched_after_it_went_away_and_came_back(watched: Watched) -> None:
    away = watched.path.with_name("away")
    copytree(watched.path, away)
    rmtree(watched.path)
    watched.settle()
    away.rename(watched.path)
    watched.settle()
    write(watched.path)
    assert watched.is_told()


def test_a_file_is_watched_however_often_it_is_saved_by_renaming(
    library_folder: Path, watch: Callable[[Path], Watched]
) -> None:
    file = library_folder / "guide" / "library.en.md"
    watched = watch(file)
    for number in range(3):
        save_by_renaming(file, f"# School library\n\nIt has {number} rooms.\n")
        assert watched.is_told()
        watched.settle()


def test_what_a_link_leads_to_is_watched_after_it_leads_elsewhere(
    library_folder: Path, tmp_path: Path, watch: Callable[[Path], Watched]
) -> None:
    copytree(library_folder, tmp_path / "second")
    link = tmp_path / "current"
    link.symlink_to(library_folder)
    watched = watch(link)
    (tmp_path / "next").symlink_to(tmp_path / "second")
    (tmp_path / "next").replace(link)
    watched.settle()
    write(tmp_path / "second")
    assert watched.is_told()


def test_it_ends_when_it_is_stopped(library_folder: Path) -> None:
    for path in (library_folder, library_folder / "nowhere"):
        stopped = Event()
        found = moments(path, stopped)
        next(found)
        stopped.set()
        assert list(found) == []


def test_a_path_that_is_not_there_is_not_told_of(tmp_path: Path) -> None:
    found = moments(tmp_path / "nowhere", Event())
    assert [next(found) for _ in range(3)] == [False] * 3


def test_a_path_that_cannot_be_watched_is_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    found = moments(folder, Event())
    assert [next(found) for _ in range(3)] == [False] * 3
    assert caplog.text.count("does not watch") == 1
