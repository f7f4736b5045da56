"""What the server says itself where it does not let a request through to the application."""

import json
from dataclasses import dataclass
from http import HTTPStatus

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, whole."""

    status: int
    headers: Headers
    body: bytes


def refusal(status: HTTPStatus, detail: str, *headers: tuple[str, str]) -> Answer:
    """Return a problem (RFC 9457), as the application words its own, after which the connection is closed."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    fixed = [("content-type", "application/problem+json"), ("connection", "close")]
    return Answer(status.value, [*fixed, *headers], json.dumps(body).encode())


TOO_BUSY = refusal(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests wait; please try again", ("retry-after", "1"))
TOO_SLOW = refusal(HTTPStatus.REQUEST_TIMEOUT, "the body took too long to arrive")
CUT_SHORT = refusal(HTTPStatus.BAD_REQUEST, "the body is shorter than its Content-Length")
FAILED = refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "something is wrong on the server")
