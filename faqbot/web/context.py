"""The conversation as an opaque, signed text that the client sends back with its next message."""

import hmac
from json import JSONEncoder

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import SigningAlgorithm

from faqbot.reply import Conversation
from faqbot.wire import conversation_fields, conversation_of

LONGEST_PAUSE = 60 * 60
"""Seconds after which a conversation starts anew."""
_compact = JSONEncoder(separators=(",", ":"))


class _AtOneGo(SigningAlgorithm):
    """The default algorithm of itsdangerous, several times as fast."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha1")


class ContextSigner:
    """Writes and reads contexts."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt="conversation")
        derived = TimestampSigner(key, salt="conversation").derive_key()
        self._signer = TimestampSigner(derived, key_derivation="none", algorithm=_AtOneGo())

    def write(self, conversation: Conversation) -> str:
        """Return the context of a conversation, as the serializer writes it, but never compressed: it is too short."""
        text = _compact.encode(conversation_fields(conversation))
        return self._signer.sign(base64_encode(text)).decode()

    def read(self, context: str | None) -> Conversation | None:
        """Return the conversation of a context; None if it is missing, forged, damaged or expired."""
        if not context:
            return None
        try:
            return conversation_of(self._serializer.loads(context, max_age=LONGEST_PAUSE))
        except (BadData, UnicodeEncodeError):
            return None
