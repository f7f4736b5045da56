"""The Flask application."""

from flask import Flask

from faqbot.channels.ports import Ports
from faqbot.settings import Settings
from faqbot.web import api, chat, health, hooks, pages, problem, security, slack
from faqbot.web.context import ContextSigner
from faqbot.web.live import LiveAssistant

LARGEST_BODY = 64 * 1024
"""In bytes."""


def create_app(settings: Settings, ports: Ports | None = None) -> Flask:
    """Make an application that answers from the knowledge that the settings name.

    :param ports: What chat programs are served with; None, the default, if none are.
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
    if ports is not None:
        chat.set_up(app, settings, ports)
    for blueprint in (api.blueprint, health.blueprint, hooks.blueprint, pages.blueprint, slack.blueprint):
        app.register_blueprint(blueprint)
    problem.handle_errors(app)
    security.add_headers(app)
    return app
