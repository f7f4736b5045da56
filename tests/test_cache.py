"""A built assistant is kept on disk, recalled only for what it was built from, and never in the way."""

import os
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant, Question
from faqbot.cache import keep, one_at_a_time, recall
from tests.following import SECONDS

KNOWLEDGE = Path("somewhere")
QUESTION = Question("được mượn mấy cuốn một lúc")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    """Return the one file in the cache."""
    (file,) = (file for file in cache.rglob("*") if file.is_file())
    return file


def test_what_is_kept_is_recalled(library: Assistant) -> None:
    keep(KNOWLEDGE, "stamp", library)
    found = recall(KNOWLEDGE, "stamp")
    assert found is not None
    assert found.ask(QUESTION) == library.ask(QUESTION)


def test_an_empty_cache_recalls_nothing() -> None:
    assert recall(KNOWLEDGE, "stamp") is None


def test_another_stamp_or_place_recalls_nothing(library: Assistant) -> None:
    keep(KNOWLEDGE, "stamp", library)
    assert recall(KNOWLEDGE, "another stamp") is None
    assert recall(Path("elsewhere"), "stamp") is None


def test_the_newest_takes_the_place_of_the_one_before(cache: Path, library: Assistant) -> None:
    keep(KNOWLEDGE, "old", library)
    keep(KNOWLEDGE, "new", library)
    assert kept(cache).exists()
    assert recall(KNOWLEDGE, "old") is None
    assert recall(KNOWLEDGE, "new") is not None


def test_a_place_is_the_same_however_it_is_written(
    tmp_path: Path, library: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(Path("docs"), "stamp", library)
    assert recall(tmp_path / "other" / ".." / "docs", "stamp") is not None


def test_nobody_else_can_read_or_write_it(cache: Path, library: Assistant) -> None:
    keep(KNOWLEDGE, "stamp", library)
    assert kept(cache).stat().st_mode & 0o077 == 0
    assert kept(cache).parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.01, 0.5, 0.999])
def test_a_file_that_was_cut_short_is_not_used(cache: Path, library: Assistant, share: float) -> None:
    keep(KNOWLEDGE, "stamp", library)
    content = kept(cache).read_bytes()
    kept(cache).write_bytes(content[: int(len(content) * share)])
    assert recall(KNOWLEDGE, "stamp") is None


@given(at=st.floats(0, 1, exclude_max=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_with_a_changed_byte_is_not_used(cache: Path, library: Assistant, at: float) -> None:
    keep(KNOWLEDGE, "stamp", library)
    content = bytearray(kept(cache).read_bytes())
    content[int(len(content) * at)] ^= 1
    kept(cache).write_bytes(content)
    assert recall(KNOWLEDGE, "stamp") is None


def test_garbage_in_its_place_is_written_over(cache: Path, library: Assistant) -> None:
    keep(KNOWLEDGE, "stamp", library)
    kept(cache).write_bytes(b"garbage")
    keep(KNOWLEDGE, "stamp", library)
    assert recall(KNOWLEDGE, "stamp") is not None


def test_a_cache_that_cannot_be_written_is_done_without(cache: Path, library: Assistant) -> None:
    cache.write_text("a file where the folder should be", "utf-8")
    keep(KNOWLEDGE, "stamp", library)
    assert recall(KNOWLEDGE, "stamp") is None


def test_a_place_whose_name_is_not_utf_8_is_kept_like_any_other(library: Assistant) -> None:
    place = Path(os.fsdecode(b"caf\xe9"))
    keep(place, "stamp", library)
    assert recall(place, "stamp") is not None


def test_one_builds_at_a_time(tmp_path: Path) -> None:
    order: list[str] = []
    inside, tried = Event(), Event()

    def build_second() -> None:
        inside.wait(SECONDS)
        tried.set()
        with one_at_a_time(tmp_path):
            order.append("second")

    second = Thread(target=build_second)
    second.start()
    with one_at_a_time(tmp_path):
        inside.set()
        tried.wait(SECONDS)
        order.append("first")
    second.join(SECONDS)
    assert order == ["first", "second"]


def test_others_build_something_else_meanwhile(tmp_path: Path) -> None:
    with one_at_a_time(tmp_path / "one"), one_at_a_time(tmp_path / "other"):
        pass


def test_without_a_cache_nobody_waits(cache: Path, tmp_path: Path) -> None:
    cache.write_text("a file where the folder should be", "utf-8")
    with one_at_a_time(tmp_path), one_at_a_time(tmp_path):
        pass
