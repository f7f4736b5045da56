"""What faqbot replies."""

from faqbot.reply.reply import Conversation, Reply, Suggestion

__all__ = ["Conversation", "Reply", "Suggestion"]
