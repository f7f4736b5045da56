"""What the operator sets: read once from the environment, checked, and no secret of it shown."""

from faqbot.settings.settings import Settings, read_settings

__all__ = ["Settings", "read_settings"]
