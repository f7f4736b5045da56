"""A body that comes in pieces is read whole, or refused as a whole."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from faqbot.web.app import LARGEST_BODY
from faqbot.web.chunked import with_length

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Pieces(BytesIO):
    """A stream that gives no more than a piece at a time, and counts what was read."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        super().__init__(b"".join(pieces))
        self._pieces: Iterator[bytes] = iter(pieces)
        self._left = b""

    def read(self, size: int | None = -1, /) -> bytes:
        self._left = self._left or next(self._pieces, b"")
        given, self._left = self._left[:size], self._left[size:] if size is not None else b""
        return super().read(len(given))


def seen(environ: "WSGIEnvironment", largest: int = 10) -> tuple[str | None, bytes]:
    """Return the length and the body that the application sees."""
    found: list[tuple[str | None, bytes]] = []

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        found.append((environ.get("CONTENT_LENGTH"), environ["wsgi.input"].read()))
        return []

    with_length(application, largest)(environ, lambda *_: bytes)
    return found[0]


@given(st.lists(st.binary(min_size=1, max_size=4), max_size=8))
def test_a_body_in_pieces_gets_its_length_and_nothing_is_read_beyond_one_byte_too_many(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    stream = Pieces(pieces)
    assert seen({"wsgi.input": stream, "wsgi.input_terminated": True}) == (str(len(whole[:11])), whole[:11])
    assert stream.tell() == min(len(whole), 11)


@pytest.mark.parametrize(
    "environ", [{"CONTENT_LENGTH": "3", "wsgi.input_terminated": True}, {"wsgi.input_terminated": False}, {}]
)
def test_a_body_of_known_length_or_without_an_end_is_left_alone(environ: dict[str, object]) -> None:
    assert seen({**environ, "wsgi.input": BytesIO(b"x" * 20)}) == (environ.get("CONTENT_LENGTH"), b"x" * 20)


@pytest.mark.parametrize(("spare", "status"), [(0, 422), (1, 413), (100_000, 413)])
def test_a_body_in_pieces_may_be_as_large_as_any_other(spare: int, status: int, client: FlaskClient) -> None:
    frame = b'{"message": ""}'
    body = frame.replace(b'""', b'"' + b"x" * (LARGEST_BODY - len(frame) + spare) + b'"')
    response = client.post(
        "/api/chat",
        input_stream=BytesIO(body),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
