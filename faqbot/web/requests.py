"""What is noted about every request: an id, how long it took, and what became of it."""

import logging
import re
import secrets
import time
from functools import lru_cache

from flask import Flask, Response, request
from prometheus_client import Counter, Histogram

from faqbot.metrics.numbers import REQUEST_SECONDS, REQUESTS

_log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
REQUEST_ID = "faqbot.request_id"
"""Where the environment of a request holds its id."""
UNKNOWN_ROUTE = "unmatched"
"""Stands for every path that no route has."""
_GIVEN = "HTTP_X_REQUEST_ID"
_BEGAN = "faqbot.began"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._=-]{1,64}")


def note_requests(app: Flask, *, log_each: bool) -> None:
    """Give each request an id, measure it, and log it if that is wanted.

    To be called before anything else is hooked into the application: then it begins first, and ends last.
    """

    @app.before_request
    def _begin() -> None:
        environ = request.environ
        environ[_BEGAN] = time.perf_counter()
        environ[REQUEST_ID] = request_id(environ.get(_GIVEN))

    @app.after_request
    def _end(response: Response) -> Response:
        environ, rule, status = request.environ, request.url_rule, response.status_code
        route, method = (rule.rule, environ["REQUEST_METHOD"]) if rule else (UNKNOWN_ROUTE, "any")
        response.headers.add(HEADER, environ[REQUEST_ID])
        seconds = time.perf_counter() - environ[_BEGAN]
        count, duration = _numbers(route, method, status)
        count.inc()
        duration.observe(seconds)
        if log_each:
            _note(route, method, status, seconds)
        return response


def request_id(given: str | None) -> str:
    """Return an id for a request: the one that it came with, if it has 1 to 64 plain characters; else a new one."""
    return given if given is not None and _WELL_FORMED.fullmatch(given) else secrets.token_hex(16)


@lru_cache(maxsize=1_000)
def _numbers(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Return what counts and measures such requests; looking it up by its labels takes as long as counting."""
    return REQUESTS.labels(route, method, status), REQUEST_SECONDS.labels(route)


def _note(route: str, method: str, status: int, seconds: float) -> None:
    fields = {"status": status, "milliseconds": round(seconds * 1000, 2)}
    _log.info("%s %s %d", method, route, status, extra=fields)
