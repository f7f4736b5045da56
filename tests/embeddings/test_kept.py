"""Vectors are kept on disk, and never in the way."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faqbot.embeddings.client import Vectors
from faqbot.embeddings.kept import MOST, keep, key, recall

URL = "http://127.0.0.1:8000/v1/embeddings"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    """Return the one file in the cache."""
    (file,) = (file for file in cache.rglob("*") if file.is_file())
    return file


def some(count: int = 3, width: int = 4) -> dict[bytes, Vectors]:
    """Return as many vectors by key."""
    return {key(f"câu {at}"): np.arange(at, at + width, dtype=np.float32) for at in range(count)}


def test_what_is_kept_is_recalled_in_its_order() -> None:
    keep(URL, "e5", some())
    found = recall(URL, "e5")
    assert list(found) == list(some())
    assert np.array_equal(np.array([*found.values()]), np.array([*some().values()]))


def test_another_address_or_model_recalls_nothing() -> None:
    keep(URL, "e5", some())
    assert recall(URL, "bge") == {}
    assert recall(URL + "/", "e5") == {}


def test_the_newest_takes_the_place_of_the_one_before(cache: Path) -> None:
    keep(URL, "e5", some(3))
    keep(URL, "e5", some(5, width=8))
    assert kept(cache).exists()
    assert len(recall(URL, "e5")) == 5


def test_of_too_many_the_last_are_kept() -> None:
    keep(URL, "e5", some(MOST + 2, width=1))
    assert list(recall(URL, "e5")) == list(some(MOST + 2, width=1))[2:]


def test_texts_have_keys_of_their_own() -> None:
    assert len({key(text) for text in ("học phí", "hoc phi", "Học phí", "", "\ud800")}) == 5


def test_nobody_else_can_read_or_write_it(cache: Path) -> None:
    keep(URL, "e5", some())
    file = kept(cache)
    assert [path.stat().st_mode & 0o077 for path in (file, file.parent, file.parent.parent)] == [0, 0, 0]


@given(at=st.floats(0, 1, exclude_max=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_not_used(cache: Path, at: float) -> None:
    keep(URL, "e5", some())
    content = bytearray(kept(cache).read_bytes())
    place = int(len(content) * at)
    kept(cache).write_bytes(content[:place])
    assert recall(URL, "e5") == {}
    content[place] ^= 1
    kept(cache).write_bytes(content)
    assert recall(URL, "e5") == {}


def test_a_cache_that_cannot_be_written_is_done_without(cache: Path) -> None:
    cache.write_text("a file where the folder should be", "utf-8")
    keep(URL, "e5", some())
    assert recall(URL, "e5") == {}


def test_a_file_that_cannot_take_its_place_is_not_left_behind(cache: Path) -> None:
    keep(URL, "e5", some())
    place = kept(cache)
    place.unlink()
    (place / "in the way").mkdir(parents=True)
    keep(URL, "e5", some())
    assert list(place.parent.iterdir()) == [place]
