"""What the application keeps for its views."""

from flask import current_app, g

from faqbot.assistant import Assistant
from faqbot.helpdesk.delivery import Sender
from faqbot.helpdesk.figures import Reports
from faqbot.live import LiveAssistant
from faqbot.service import Service
from faqbot.web.context import ContextSigner
from faqbot.web.state import State


def service() -> Service:
    """Return what answers and remembers."""
    found: Service = current_app.extensions["faqbot"]
    return found


def live() -> LiveAssistant:
    """Return the holder of the assistant."""
    return service().live


def live_assistant() -> Assistant:
    """Return the assistant to answer this request with: the same however often it is asked for."""
    if "assistant" not in g:
        g.assistant = live().current()
    found: Assistant = g.assistant
    return found


def sender() -> Sender | None:
    """Return what sends notices; None where nobody is told anything."""
    found: Sender | None = current_app.extensions["faqbot_sender"]
    return found


def state() -> State:
    """Return how the parts stand."""
    found: State = current_app.extensions["faqbot_state"]
    return found


def reports() -> Reports:
    """Return what counts how the bot does."""
    found: Reports = current_app.extensions["faqbot_reports"]
    return found


def context_signer() -> ContextSigner:
    """Return what signs the conversation context."""
    signer: ContextSigner = current_app.extensions["faqbot_context"]
    return signer
