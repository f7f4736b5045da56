"""What the application keeps for its views."""

from flask import current_app

from faqbot.assistant import Assistant
from faqbot.web.context import ContextSigner
from faqbot.web.live import LiveAssistant


def live() -> LiveAssistant:
    """Return the application's holder of the assistant."""
    holder: LiveAssistant = current_app.extensions["faqbot"]
    return holder


def live_assistant() -> Assistant:
    """Return the assistant to answer this request with."""
    return live().current()


def context_signer() -> ContextSigner:
    """Return what signs the conversation context."""
    signer: ContextSigner = current_app.extensions["faqbot_context"]
    return signer
