"""Whether a request is Slack's: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

import re
import time
from collections.abc import Callable

from slack_sdk.signature import Clock, SignatureVerifier

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Signature:
    """Checks signatures. Slack's own verifier does it, in constant time, once it is given nothing it stumbles over."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._verifier = SignatureVerifier(secret, _Clock(clock))

    def fits(self, body: bytes, timestamp: str | None, signature: str | None) -> bool:
        """Return whether a body was signed, with our secret, within five minutes of now."""
        if timestamp is None or signature is None:
            return False
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


class _Clock(Clock):
    """A clock that a test can set."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        """Return seconds since 1970."""
        return self._now()
