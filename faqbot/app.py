"""The application for any WSGI server: ``faqbot.app:create_app()``."""

import os

from flask import Flask

from faqbot.settings import Settings
from faqbot.web import app


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application, which follows edits of its knowledge.

    :param settings: None reads them from the environment.
    :raises FaqbotError: if a setting or the knowledge cannot be used.
    """
    made = app.create_app(Settings.from_environ(os.environ) if settings is None else settings)
    app.follow_edits(made)
    return made
