"""Answer a slash command or a click later, at the address that came with it."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

_log = logging.getLogger(__name__)

ORIGINS = frozenset({"https://hooks.slack.com", "https://hooks.slack-gov.com"})
"""The only places that such an address may lead to."""
_SECONDS_TO_ANSWER = 5
_TRY_AGAIN = (429, 500, 502, 503, 504)
_ATTEMPTS = 3
"""Of the five that Slack allows within half an hour."""


class Responder:
    """Posts to addresses that Slack gave us."""

    def __init__(self, origins: frozenset[str] = ORIGINS, pause: Callable[[float], None] = time.sleep) -> None:
        self._origins = origins
        self._pause = pause
        self._opener = build_opener(_NoRedirect)

    def post(self, url: str, body: Mapping[str, object]) -> bool:
        """Post a reply; return whether it arrived. Nothing is sent anywhere but to Slack."""
        if not self._is_slacks(url):
            _log.warning("a reply is not sent: its address is not one of %s", ", ".join(sorted(self._origins)))
            return False
        data = json.dumps(body).encode()
        request = Request(url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST")
        for attempt in range(1, _ATTEMPTS + 1):
            sent = self._sent(request)
            if sent is not None or attempt == _ATTEMPTS:
                return bool(sent)
            self._pause(attempt)
        return False

    def _is_slacks(self, url: str) -> bool:
        try:
            place = urlsplit(url)
            origin = f"{place.scheme}://{place.netloc}"
        except ValueError:
            return False
        return origin in self._origins and url.startswith(f"{origin}/") and url.isascii() and url.isprintable()

    def _sent(self, request: Request) -> bool | None:
        """Return whether a reply arrived; None if it did not, and might if it is sent again."""
        try:
            with self._opener.open(request, timeout=_SECONDS_TO_ANSWER) as response:
                return bool(response.status < HTTPStatus.MULTIPLE_CHOICES)
        except HTTPError as error:
            with error:
                _log.warning("a reply at a response_url was answered with status %s", error.code)
                return None if error.code in _TRY_AGAIN else False
        except (OSError, HTTPException) as error:
            _log.warning("a reply at a response_url did not arrive (%s)", type(error).__name__)
            return None if isinstance(error, URLError) else False


class _NoRedirect(HTTPRedirectHandler):
    """Follows no redirect, which might lead anywhere."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Return no request to make instead."""
