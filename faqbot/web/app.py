"""The Flask application."""

from flask import Flask

from faqbot.live import LiveAssistant
from faqbot.service import Reachable, Service
from faqbot.settings import Settings
from faqbot.startup import Loaded
from faqbot.store.store import Store
from faqbot.web import api, chat, handoff, health, hooks, pages, problem, security, slack
from faqbot.web.chunked import with_length
from faqbot.web.context import ContextSigner

LARGEST_BODY = 64 * 1024
"""In bytes."""


def create_app(settings: Settings, loaded: Loaded | None = None) -> Flask:
    """Make an application that answers from the knowledge that the settings name.

    :param loaded: That knowledge, if it is loaded already.
    :raises KnowledgeError: if the knowledge has a fault.
    :raises SettingsError: if no secret key can be had.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.wsgi_app = with_length(app.wsgi_app, LARGEST_BODY)  # type: ignore[assignment, method-assign]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    service = _service(settings, loaded)
    app.extensions["faqbot"] = service
    app.extensions["faqbot_context"] = ContextSigner(settings.signing_key())
    chat.set_up(app, settings, chat.ports_of(service))
    for blueprint in (
        api.blueprint,
        handoff.blueprint,
        health.blueprint,
        hooks.blueprint,
        pages.blueprint,
        slack.blueprint,
    ):
        app.register_blueprint(blueprint)
    problem.handle_errors(app)
    security.add_headers(app)
    return app


def _service(settings: Settings, loaded: Loaded | None) -> Service:
    live = LiveAssistant(
        settings.knowledge,
        loaded=loaded,
        embeddings_url=settings.embeddings_url,
        embeddings_model=settings.embeddings_model,
    )
    return Service(live, Store(settings.store_url()), Reachable(settings.contact, settings.office_hours))
