"""Slack's Web API, with patience: where Slack says "later", or says nothing clear, another attempt is made."""

import ssl
import time
from collections.abc import Callable
from http.client import RemoteDisconnected
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

API = "https://slack.com/api/"
SECONDS_TO_ANSWER = 5
_ATTEMPTS_AFTER_THE_FIRST = 2
_LONGEST_PAUSE = 30
_TRY_AGAIN = (429, 500, 502, 503, 504)
_NOT_ARRIVED = (URLError, ConnectionResetError, RemoteDisconnected)

Pause = Callable[[float], None]
"""Waits for some seconds."""


class Patience(RetryHandler):
    """Tries again where Slack asks for it or cannot be reached.

    Not where it does not answer in time: the message may well have arrived, and nobody wants a reply twice.
    """

    def __init__(self, pause: Pause = time.sleep) -> None:
        super().__init__(_ATTEMPTS_AFTER_THE_FIRST)
        self._pause = pause

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is not None:
            return response.status_code in _TRY_AGAIN and pause_of(response, 1) <= _LONGEST_PAUSE
        return isinstance(error, _NOT_ARRIVED)

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        """Wait as long as Slack says, else a second and then two."""
        self._pause(pause_of(response, state.current_attempt + 1))
        state.next_attempt_requested = True
        state.increment_current_attempt()


def pause_of(response: HttpResponse | None, otherwise: float) -> float:
    """Return how many seconds a response asks to wait."""
    headers = response.headers.items() if response is not None else ()
    found = next((value for name, value in headers if name.lower() == "retry-after"), "")
    text = found if isinstance(found, str) else "".join(found[:1])
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def slack_client(
    token: str, api: str = API, *, pause: Pause = time.sleep, timeout: float = SECONDS_TO_ANSWER
) -> WebClient:
    """Return a client, which any thread may use.

    :param timeout: In seconds, for each step of a request; 5 by default.
    """
    # Without a context of our own, each request would read all certificates of the system again.
    context = ssl.create_default_context()
    return WebClient(token, api, timeout, context, retry_handlers=[Patience(pause)])  # type: ignore[arg-type]
