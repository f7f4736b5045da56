"""An endpoint turns texts into vectors, or it is said plainly why not."""

import json
import socket
from threading import Thread

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faqbot.embeddings.client import Embedder, EmbeddingsError, TextsRefusedError
from faqbot.errors import SettingsError
from tests.embeddings.endpoint import Endpoint, vector, well

SECRET = "thông tin riêng của tôi"
AMPLE = 30.0


def embedder(endpoint: Endpoint) -> Embedder:
    return Embedder(endpoint.url, "e5", timeout=AMPLE)


def data(*rows: object) -> bytes:
    """Return an answer with these vectors."""
    return json.dumps({"data": [{"index": at, "embedding": row} for at, row in enumerate(rows)]}).encode()


def test_vectors_come_in_the_order_of_the_texts_and_of_length_one(endpoint: Endpoint) -> None:
    texts = ["học phí", "ký túc xá", "library"]
    expected = np.array([vector(text) for text in texts])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert embedder(endpoint).embed(texts) == pytest.approx(expected, abs=1e-6)


def test_model_and_texts_are_sent(endpoint: Endpoint) -> None:
    embedder(endpoint).embed(["học phí"])
    assert endpoint.requests == [("/v1/embeddings", {"model": "e5", "input": ["học phí"]})]


def test_no_texts_need_no_request(endpoint: Endpoint) -> None:
    assert len(embedder(endpoint).embed([])) == 0
    assert endpoint.requests == []


def test_half_a_character_is_sent_as_a_question_mark(endpoint: Endpoint) -> None:
    embedder(endpoint).embed(["a\ud800b"])
    assert endpoint.sent == [["a?b"]]


@pytest.mark.parametrize(
    ("url", "full"),
    [
        ("http://host:8000", "http://host:8000/v1/embeddings"),
        ("http://host:8000/", "http://host:8000/v1/embeddings"),
        ("http://host:11434/v1", "http://host:11434/v1/embeddings"),
        ("https://host/models/v1/", "https://host/models/v1/embeddings"),
        ("http://[::1]:80/embeddings", "http://[::1]:80/embeddings"),
        ("https://host/e5/embeddings/", "https://host/e5/embeddings"),
    ],
)
def test_an_address_is_completed(url: str, full: str) -> None:
    assert Embedder(url).url == full


@pytest.mark.parametrize(
    "url",
    [
        "",
        "host:8000",
        "ftp://host",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "http://host:99999",
        "http://host:0",
        "http://host/a b",
        "http://host/\r\nHost: other",
        "http://máy/v1",
        "http://host/v1?key=1",
        "http://host/#v1",
        "http://me:hush-hush@host",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="https://host:port/path is allowed") as caught:
        Embedder(url)
    assert "hush" not in str(caught.value)


def test_a_server_that_is_not_there_is_an_error(nowhere: str) -> None:
    with pytest.raises(EmbeddingsError, match=rf"{nowhere}/v1/embeddings: ConnectionRefusedError"):
        Embedder(nowhere, timeout=AMPLE).embed([SECRET])


def test_a_slow_server_is_not_waited_for(endpoint: Endpoint) -> None:
    endpoint.may_answer.clear()
    with pytest.raises(EmbeddingsError, match=r"Timeout|0\.01 seconds are allowed"):
        Embedder(endpoint.url, timeout=0.01).embed([SECRET])


def test_a_time_out_can_be_given_for_one_request(endpoint: Endpoint) -> None:
    endpoint.may_answer.clear()
    with pytest.raises(EmbeddingsError):
        embedder(endpoint).embed([SECRET], timeout=0.01)


def test_an_endless_trickle_of_bytes_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            peer, _ = server.accept()
            with peer:
                try:
                    peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                    while True:
                        peer.sendall(b" ")
                except ConnectionError:
                    return

        thread = Thread(target=trickle)
        thread.start()
        with pytest.raises(EmbeddingsError, match=r"no answer yet; 0\.1 seconds are allowed|no end after"):
            Embedder(f"http://127.0.0.1:{server.getsockname()[1]}", timeout=0.1).embed(["a"])
        thread.join()


@pytest.mark.parametrize("status", [201, 204, 301, 307, 401, 404, 429, 500, 503])
def test_every_status_but_200_is_an_error(endpoint: Endpoint, status: int) -> None:
    endpoint.answer = lambda texts: (status, well(texts)[1])
    with pytest.raises(EmbeddingsError, match=f"HTTP status {status}; only 200 is allowed") as caught:
        embedder(endpoint).embed([SECRET])
    assert not isinstance(caught.value, TextsRefusedError)


def test_no_redirect_is_followed(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (307, b"")
    with pytest.raises(EmbeddingsError):
        embedder(endpoint).embed(["a"])
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_text_that_the_endpoint_does_not_take_is_told_apart(endpoint: Endpoint, status: int) -> None:
    endpoint.answer = lambda _: (status, b"{}")
    with pytest.raises(TextsRefusedError):
        embedder(endpoint).embed(["a" * 2_000])


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff",
        b"<html>",
        b"[" * 100_000,
        b"null",
        b"{}",
        b'{"data": null}',
        b'{"data": []}',
        b'{"data": {"index": 0}}',
        b'{"data": [{"embedding": [1, 2]}]}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 1, "embedding": [1, 2]}]}',
        data([1, 2], [1, 2]),
        data([]),
        data(1.0),
        data([[1.0, 2.0]]),
        data([0, 0]),
        data([1e300, 1]),
        data([1, float("nan")]),
        data([1, None]),
        data([1, 10**400]),
        data(["a", "b"]),
        data({"a": 1}),
        data("AACAPwAAAEA="),
    ],
)
def test_an_answer_that_is_not_one_good_vector_is_an_error(endpoint: Endpoint, answer: bytes) -> None:
    endpoint.answer = lambda _: (200, answer)
    with pytest.raises(EmbeddingsError, match="needed"):
        embedder(endpoint).embed([SECRET])


def test_an_answer_beyond_all_measure_is_not_read_to_its_end(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (200, b" " * (65 * 1024 * 1024))
    with pytest.raises(EmbeddingsError, match="no end after 67,"):
        embedder(endpoint).embed([SECRET])


def test_vectors_of_two_lengths_are_an_error(endpoint: Endpoint) -> None:
    endpoint.answer = lambda _: (200, data([1, 2], [1, 2, 3]))
    with pytest.raises(EmbeddingsError, match="needed"):
        embedder(endpoint).embed(["a", "b"])


def test_an_answer_that_is_not_http_is_an_error_and_not_quoted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def echo() -> None:
            peer, _ = server.accept()
            with peer:
                received = b""
                while b"}" not in received:
                    received += peer.recv(65536)
                peer.sendall(SECRET.encode())

        thread = Thread(target=echo)
        thread.start()
        with pytest.raises(EmbeddingsError, match="BadStatusLine; an HTTP answer is needed") as caught:
            Embedder(f"http://127.0.0.1:{server.getsockname()[1]}", timeout=AMPLE).embed(["a"])
        thread.join()
    assert "riêng" not in str(caught.value)


def test_a_server_without_encryption_is_not_taken_for_one_with_it(endpoint: Endpoint) -> None:
    with pytest.raises(EmbeddingsError, match="SSL"):
        Embedder(endpoint.url.replace("http:", "https:"), timeout=AMPLE).embed(["a"])


@given(text=st.text(st.characters(), min_size=1))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_has_a_vector_of_length_one(endpoint: Endpoint, text: str) -> None:
    assert np.linalg.norm(embedder(endpoint).embed([text])) == pytest.approx(1.0, abs=1e-6)
