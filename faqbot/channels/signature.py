"""Whether a request is Slack's: https://docs.slack.dev/authentication/verifying-requests-from-slack."""

import hashlib
import hmac
import re
import time
from collections.abc import Callable

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_SECONDS_IT_IS_GOOD_FOR = 300


class Signature:
    """Checks signatures, of the bytes of a body as they came: Slack's own verifier takes nothing but UTF-8."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode("utf-8", "surrogateescape")
        self._now = clock

    def fits(self, body: bytes, timestamp: str | None, signature: str | None) -> bool:
        """Return whether a body was signed, with our secret, within five minutes of now."""
        if timestamp is None or signature is None:
            return False
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        if abs(self._now() - int(timestamp)) > _SECONDS_IT_IS_GOOD_FOR:
            return False
        signed = hmac.new(self._secret, b"v0:%b:%b" % (timestamp.encode(), body), hashlib.sha256)
        return hmac.compare_digest(f"v0={signed.hexdigest()}", signature)
