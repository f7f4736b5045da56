"""An assistant that follows the edits of its knowledge while the server runs."""

from faqbot.live.live_assistant import LiveAssistant

__all__ = ["LiveAssistant"]
