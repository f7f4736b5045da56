"""The Flask application."""

from flask import Flask

from faqbot.settings import Settings
from faqbot.web import api, health, pages, problem, security
from faqbot.web.context import ContextSigner
from faqbot.web.cors import allow_origins
from faqbot.web.live import LiveAssistant
from faqbot.web.widget import view as widget

LARGEST_BODY = 64 * 1024
"""In bytes."""


def create_app(settings: Settings) -> Flask:
    """Make an application that answers from the knowledge that the settings name.

    :raises KnowledgeError: if the knowledge has a fault.
    :raises SettingsError: if no secret key can be had.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["faqbot"] = LiveAssistant(
        settings.knowledge, embeddings_url=settings.embeddings_url, embeddings_model=settings.embeddings_model
    )
    app.extensions["faqbot_context"] = ContextSigner(settings.signing_key())
    for blueprint in (api.blueprint, health.blueprint, pages.blueprint, widget.blueprint):
        app.register_blueprint(blueprint)
    allow_origins(app, settings.allowed_origins)
    problem.handle_errors(app)
    security.add_headers(app)
    return app
