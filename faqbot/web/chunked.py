"""Bodies that come in pieces, without saying how long they are."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def with_length(application: "WSGIApplication", largest: int) -> "WSGIApplication":
    """Put a body of unknown length together first, so that the application sees its length.

    Of a body of more than ``largest`` bytes only one byte more is read, which is enough to refuse it. Werkzeug alone
    would cut it off there and hand on the rest as if it were whole.
    """

    def wrapped(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("wsgi.input_terminated") and not environ.get("CONTENT_LENGTH"):
            body = _read(environ["wsgi.input"], largest + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
            environ.pop("HTTP_TRANSFER_ENCODING", None)
        return application(environ, start_response)

    return wrapped


def _read(stream: BinaryIO, most: int) -> bytes:
    body = bytearray()
    while len(body) < most and (piece := stream.read(most - len(body))):
        body += piece
    return bytes(body)
