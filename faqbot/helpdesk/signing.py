"""Sign what is sent, so that whoever gets it knows that it is ours, and new."""

import hashlib
import hmac
from datetime import datetime

TIMESTAMP = "X-Faqbot-Timestamp"
SIGNATURE = "X-Faqbot-Signature"
_VERSION = "v1"


def signed_headers(body: bytes, secret: str, moment: datetime) -> dict[str, str]:
    """Return the headers that sign a body at a moment."""
    timestamp = str(int(moment.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: f"{_VERSION}={signature(body, secret, timestamp)}"}


def signature(body: bytes, secret: str, timestamp: str) -> str:
    """Return the HMAC-SHA256 of ``timestamp.body``, in hexadecimal.

    :param timestamp: In whole seconds since 1970.
    """
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
