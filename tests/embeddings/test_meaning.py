"""Meanings are compared while the endpoint is well, and missed without harm while it is not."""

from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from faqbot.embeddings.client import Embedder
from faqbot.embeddings.kept import keep, key, recall
from faqbot.embeddings.meaning import BATCH, SECONDS_OF_REST, Meaning
from tests.embeddings.endpoint import Endpoint, well

TEXTS = ["học phí mỗi kỳ", "ký túc xá", "opening hours"]
AMPLE = 30.0


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def started(endpoint: Endpoint, clock: Clock, texts: list[str] = TEXTS) -> Meaning:
    meaning = Meaning(Embedder(endpoint.url, timeout=AMPLE), texts, clock)
    meaning.start()
    meaning.settle()
    return meaning


def broken(_: object) -> tuple[int, bytes]:
    return 503, b""


def test_the_same_text_is_nearest(endpoint: Endpoint, clock: Clock) -> None:
    found = started(endpoint, clock).similarities("ký túc xá")
    assert found is not None
    assert found.argmax() == 1
    assert found[1] == pytest.approx(1.0, abs=1e-6)


def test_similarities_are_cosines(endpoint: Endpoint, clock: Clock) -> None:
    found = started(endpoint, clock).similarities("giờ mở cửa")
    vectors = Embedder(endpoint.url, timeout=AMPLE).embed([*TEXTS, "giờ mở cửa"])
    assert found == pytest.approx(vectors[:-1] @ vectors[-1], abs=1e-6)


def test_status_is_loading_before_the_vectors_are_here_and_ok_after(endpoint: Endpoint, clock: Clock) -> None:
    endpoint.may_answer.clear()
    meaning = Meaning(Embedder(endpoint.url, timeout=AMPLE), TEXTS, clock)
    meaning.start()
    assert meaning.status[0] == "loading"
    assert meaning.similarities("học phí") is None
    endpoint.may_answer.set()
    meaning.settle()
    assert meaning.status == ("ok", f"3 texts, by {endpoint.url}/v1/embeddings")


def test_nothing_is_sent_before_the_start(endpoint: Endpoint, clock: Clock) -> None:
    meaning = Meaning(Embedder(endpoint.url), TEXTS, clock)
    meaning.settle()
    assert meaning.similarities("học phí") is None
    assert endpoint.requests == []


def test_starting_twice_fetches_once(endpoint: Endpoint, clock: Clock) -> None:
    endpoint.may_answer.clear()
    meaning = Meaning(Embedder(endpoint.url), TEXTS, clock)
    meaning.start()
    meaning.start()
    endpoint.may_answer.set()
    meaning.settle()
    meaning.start()
    assert endpoint.sent == [TEXTS]


def test_texts_are_sent_in_batches_and_each_only_once(endpoint: Endpoint, clock: Clock) -> None:
    texts = [f"câu hỏi số {number}" for number in range(BATCH + 6)]
    meaning = started(endpoint, clock, [*texts, *texts])
    found = meaning.similarities(texts[-1])
    assert endpoint.sent[:2] == [texts[:BATCH], texts[BATCH:]]
    assert found is not None
    assert np.array_equal(found[: len(texts)], found[len(texts) :])


def test_without_texts_there_is_nothing_to_compare(endpoint: Endpoint, clock: Clock) -> None:
    found = started(endpoint, clock, []).similarities("học phí")
    assert found is not None
    assert len(found) == 0
    assert endpoint.requests == []


def test_after_a_failure_it_rests_five_seconds(endpoint: Endpoint, clock: Clock) -> None:
    meaning = started(endpoint, clock)
    endpoint.answer = broken
    assert meaning.similarities("học phí") is None
    endpoint.answer = well
    clock.now += SECONDS_OF_REST - 0.01
    assert meaning.similarities("học phí") is None
    assert endpoint.sent == [TEXTS, ["học phí"]]
    clock.now += 0.01
    assert meaning.similarities("học phí") is not None


def test_status_is_degraded_from_a_failure_to_the_next_success(endpoint: Endpoint, clock: Clock) -> None:
    meaning = started(endpoint, clock)
    endpoint.answer = broken
    meaning.similarities("chuyện riêng")
    assert meaning.status == ("degraded", f"{endpoint.url}/v1/embeddings: HTTP status 503; only 200 is allowed")
    endpoint.answer = well
    clock.now += SECONDS_OF_REST
    meaning.similarities("học phí")
    assert meaning.status[0] == "ok"


def test_a_slow_endpoint_is_a_failure(endpoint: Endpoint, clock: Clock) -> None:
    meaning = Meaning(Embedder(endpoint.url, timeout=0.01), TEXTS, clock)
    meaning.start()
    meaning.settle()
    before = meaning.status[0]
    endpoint.may_answer.clear()
    assert meaning.similarities("học phí") is None
    assert (before, meaning.status[0]) == ("ok", "degraded")


def test_a_message_that_the_endpoint_does_not_take_harms_no_other(endpoint: Endpoint, clock: Clock) -> None:
    meaning = started(endpoint, clock)
    endpoint.answer = lambda texts: well(texts) if len(texts[0]) < 512 else (413, b"")
    assert meaning.similarities("a" * 512) is None
    assert meaning.similarities("học phí") is not None
    assert meaning.status[0] == "ok"


def test_a_dead_endpoint_degrades_and_is_tried_again_after_its_rest(nowhere: str, clock: Clock) -> None:
    meaning = Meaning(Embedder(nowhere), TEXTS, clock)
    meaning.start()
    meaning.settle()
    assert meaning.status[0] == "degraded"
    assert "ConnectionRefusedError" in meaning.status[1]
    assert meaning.similarities("học phí") is None


def test_vectors_that_could_not_be_had_are_fetched_later(endpoint: Endpoint, clock: Clock) -> None:
    endpoint.answer = broken
    meaning = started(endpoint, clock)
    endpoint.answer = well
    meaning.start()
    meaning.settle()
    assert len(endpoint.requests) == 1
    clock.now += SECONDS_OF_REST
    assert meaning.similarities("học phí") is None
    meaning.settle()
    assert meaning.similarities("học phí") is not None


def test_the_next_start_asks_only_whether_the_model_is_the_same(endpoint: Endpoint, clock: Clock) -> None:
    first = started(endpoint, clock).similarities("học phí")
    endpoint.requests.clear()
    second = started(endpoint, clock).similarities("học phí")
    assert endpoint.sent == [TEXTS[:1], ["học phí"]]
    assert first is not None
    assert second == pytest.approx(first)


def test_after_an_edit_only_new_texts_are_sent_and_old_ones_stay_kept(endpoint: Endpoint, clock: Clock) -> None:
    started(endpoint, clock)
    endpoint.requests.clear()
    meaning = started(endpoint, clock, ["bãi gửi xe", *TEXTS[1:]])
    assert endpoint.sent == [[TEXTS[1]], ["bãi gửi xe"]]
    assert set(recall(f"{endpoint.url}/v1/embeddings", "")) == {key(text) for text in ["bãi gửi xe", *TEXTS]}
    assert meaning.status[0] == "ok"


def test_what_came_before_a_failure_is_kept(endpoint: Endpoint, clock: Clock) -> None:
    texts = [f"câu hỏi số {number}" for number in range(BATCH + 1)]
    endpoint.answer = lambda some: well(some) if len(some) == BATCH else broken(some)
    assert started(endpoint, clock, texts).status[0] == "degraded"
    endpoint.answer = well
    endpoint.requests.clear()
    assert started(endpoint, clock, texts).status[0] == "ok"
    assert endpoint.sent == [texts[:1], texts[BATCH:]]


@pytest.mark.parametrize("width", [8, 11])
def test_kept_vectors_of_another_model_are_fetched_again(endpoint: Endpoint, clock: Clock, width: int) -> None:
    other = np.ones(width, np.float32) / np.sqrt(width, dtype=np.float32)
    keep(f"{endpoint.url}/v1/embeddings", "", {key(text): other for text in TEXTS})
    endpoint.answer = lambda texts: well(texts, 8)
    found = started(endpoint, clock).similarities(TEXTS[2])
    assert found is not None
    assert found[2] == pytest.approx(1.0, abs=1e-6)


def test_a_model_that_is_replaced_while_fetching_is_a_failure(endpoint: Endpoint, clock: Clock) -> None:
    endpoint.answer = lambda texts: well(texts, 16 if len(texts) == BATCH else 8)
    meaning = started(endpoint, clock, [f"câu hỏi số {number}" for number in range(BATCH + 1)])
    assert meaning.status[0] == "degraded"
    assert "a vector of 8 numbers; the others have 16" in meaning.status[1]


def test_a_model_that_is_replaced_while_running_is_learnt_anew(endpoint: Endpoint, clock: Clock) -> None:
    meaning = started(endpoint, clock)
    endpoint.answer = lambda texts: well(texts, 8)
    assert meaning.similarities("học phí") is None
    assert "a vector of 8 numbers; the others have 16" in meaning.status[1]
    clock.now += SECONDS_OF_REST
    meaning.start()
    meaning.settle()
    assert meaning.similarities("học phí") is not None
    assert meaning.status[0] == "ok"


def test_many_threads_get_the_same_as_one(endpoint: Endpoint, clock: Clock) -> None:
    meaning = started(endpoint, clock)
    alone = meaning.similarities("học phí")
    found: list[NDArray[np.float64] | None] = []
    threads = [Thread(target=lambda: found.append(meaning.similarities("học phí"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alone is not None
    assert len(found) == 16
    assert all(one is not None and np.array_equal(one, alone) for one in found)
