"""Ask a question, get a reply: the one call that every channel makes."""

from faqbot.assistant.assistant import LONGEST_MESSAGE, Assistant, Question, reply_language

__all__ = ["LONGEST_MESSAGE", "Assistant", "Question", "reply_language"]
