"""How near a message comes in meaning to each stored text."""

import time
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from faqbot.embeddings.client import Embedder, EmbeddingsError, TextsRefusedError, Vectors
from faqbot.embeddings.kept import keep, key, recall

BATCH = 64
"""How many stored texts are sent at once."""
SECONDS_FOR_A_BATCH = 30.0
SECONDS_OF_REST = 5.0
"""After a failure, before the endpoint is asked again."""
_STILL_THE_SAME = 0.999
"""Least cosine of a text's kept vector with its new one, while the model has not been changed behind its name."""


class Meaning:
    """Holds the vectors of stored texts. Any thread may use it; a dead endpoint costs it next to nothing."""

    def __init__(self, embedder: Embedder, texts: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        """Take the texts; nothing is sent before ``start``.

        :param clock: In seconds; by default the time since some moment.
        """
        self._embedder = embedder
        self._texts = tuple(texts)
        self._clock = clock
        self._vectors: Vectors | None = None
        self._fault: str | None = None
        self._rests_until = float("-inf")
        self._loader: Thread | None = None
        self._lock = Lock()

    @property
    def status(self) -> tuple[Literal["ok", "loading", "degraded"], str]:
        """How it goes, and why; after a failure "degraded" until the next success."""
        vectors, fault = self._vectors, self._fault
        if fault is not None:
            return "degraded", fault
        if vectors is None:
            return "loading", f"{len(self._texts)} texts are being sent to {self._embedder.url}"
        return "ok", f"{len(vectors)} texts, by {self._embedder.url}"

    def start(self) -> None:
        """Fetch the vectors in a thread, unless they are here, on their way, or failed less than 5 seconds ago."""
        with self._lock:
            loading = self._loader is not None and self._loader.is_alive()
            if self._vectors is None and not loading and self._clock() >= self._rests_until:
                self._loader = Thread(target=self._load, name="embeddings-loader", daemon=True)
                self._loader.start()

    def settle(self) -> None:
        """Wait until fetching that is under way has ended."""
        if self._loader is not None:
            self._loader.join()

    def similarities(self, message: str) -> NDArray[np.float64] | None:
        """Return the cosine of the message with each stored text, -1 to 1, in their order.

        None if the vectors are not here yet, or the endpoint is slow or down, or was less than 5 seconds ago, or does
        not take this message. Once started, it also tries again to fetch vectors that could not be had.
        """
        if self._clock() < self._rests_until:
            return None
        vectors = self._vectors
        if vectors is None:
            if self._loader is not None:
                self.start()
            return None
        try:
            return self._compare(message, vectors)
        except TextsRefusedError:
            return None
        except EmbeddingsError as error:
            self._rest(error)
            return None

    def _compare(self, message: str, vectors: Vectors) -> NDArray[np.float64]:
        if not len(vectors):
            return np.zeros(0)
        (vector,) = self._embedder.embed([message])
        if len(vector) != vectors.shape[1]:
            self._vectors = None
            raise self._changed(vectors.shape[1], len(vector))
        self._fault = None
        cosines: NDArray[np.float64] = np.clip(vectors @ vector, -1, 1).astype(np.float64)
        return cosines

    def _load(self) -> None:
        try:
            self._vectors = self._fetch()
            self._fault = None
        except EmbeddingsError as error:
            self._rest(error)

    def _fetch(self) -> Vectors:
        """Ask for what is not on disk, and keep what came, even if the rest did not."""
        texts = {key(text): text for text in self._texts}
        kept = self._still_good(recall(self._embedder.url, self._embedder.model), texts)
        found = {name: kept.pop(name) for name in texts if name in kept}
        missing = [name for name in texts if name not in found]
        try:
            for at in range(0, len(missing), BATCH):
                names = missing[at : at + BATCH]
                vectors = self._embedder.embed([texts[name] for name in names], timeout=SECONDS_FOR_A_BATCH)
                width = len(next(iter(found.values()), vectors[0]))
                if vectors.shape[1] != width:
                    raise self._changed(width, vectors.shape[1])
                found |= zip(names, vectors, strict=True)
        finally:
            if len(found) > len(texts) - len(missing):
                keep(self._embedder.url, self._embedder.model, kept | found)
        return np.array([found[key(text)] for text in self._texts], np.float32)

    def _still_good(self, kept: dict[bytes, Vectors], texts: dict[bytes, str]) -> dict[bytes, Vectors]:
        """Return the kept vectors, or none if the endpoint now turns one of the texts into something else."""
        name = next((name for name in texts if name in kept), None)
        if name is None:
            return {}
        (vector,) = self._embedder.embed([texts[name]], timeout=SECONDS_FOR_A_BATCH)
        same = len(vector) == len(kept[name]) and vector @ kept[name] >= _STILL_THE_SAME
        return kept if same else {}

    def _changed(self, width: int, found: int) -> EmbeddingsError:
        return EmbeddingsError(f"{self._embedder.url}: a vector of {found} numbers; the others have {width}")

    def _rest(self, error: EmbeddingsError) -> None:
        self._fault = str(error)
        self._rests_until = self._clock() + SECONDS_OF_REST
