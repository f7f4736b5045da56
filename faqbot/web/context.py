"""The conversation as an opaque, signed text that the client sends back with its next message."""

from itsdangerous import BadData, URLSafeTimedSerializer

from faqbot.reply import Conversation
from faqbot.wire import conversation_fields, conversation_of

LONGEST_PAUSE = 60 * 60
"""Seconds after which a conversation starts anew."""


class ContextSigner:
    """Writes and reads contexts."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt="conversation")

    def write(self, conversation: Conversation) -> str:
        """Return the context of a conversation."""
        return str(self._serializer.dumps(conversation_fields(conversation)))

    def read(self, context: str | None) -> Conversation | None:
        """Return the conversation of a context; None if it is missing, forged, damaged or expired."""
        if not context:
            return None
        try:
            return conversation_of(self._serializer.loads(context, max_age=LONGEST_PAUSE))
        except (BadData, UnicodeEncodeError):
            return None
