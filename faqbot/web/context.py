"""The conversation as an opaque, signed text that the client sends back with its next message."""

from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from faqbot.knowledge.model import SectionKey
from faqbot.language.pack import LANGUAGES
from faqbot.reply import Conversation

LONGEST_PAUSE = 60 * 60
"""Seconds after which a conversation starts anew."""


class ContextSigner:
    """Writes and reads contexts."""

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeTimedSerializer(key, salt="conversation")

    def write(self, conversation: Conversation) -> str:
        """Return the context of a conversation."""
        section = conversation.section
        fields = {
            "l": conversation.language,
            "s": [section.document, section.section] if section else None,
            "c": conversation.clarified,
            "o": [[key.document, key.section] for key in conversation.offered],
        }
        return str(self._serializer.dumps(fields))

    def read(self, context: str | None) -> Conversation | None:
        """Return the conversation of a context; None if it is missing, forged, damaged or expired."""
        if not context:
            return None
        try:
            fields: Any = self._serializer.loads(context, max_age=LONGEST_PAUSE)
            section = SectionKey(*fields["s"]) if fields["s"] else None
            language = fields["l"] if fields["l"] in LANGUAGES else LANGUAGES[0]
            offered = tuple(SectionKey(*key) for key in fields["o"])
            return Conversation(language, section, bool(fields["c"]), offered)
        except (BadData, KeyError, TypeError, UnicodeEncodeError):
            return None
