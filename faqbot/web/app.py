"""The Flask application."""

from flask import Flask

from faqbot.helpdesk.carriers import carriers
from faqbot.helpdesk.delivery import Sender
from faqbot.helpdesk.figures import Reports
from faqbot.helpdesk.notices import Notices
from faqbot.live import LiveAssistant
from faqbot.service import Reachable, Service
from faqbot.settings import Settings
from faqbot.startup import Loaded
from faqbot.store.store import Store
from faqbot.web import api, chat, handoff, health, hooks, limits, pages, problem, security, slack
from faqbot.web.chunked import with_length
from faqbot.web.context import ContextSigner
from faqbot.web.cors import allow_origins
from faqbot.web.ending import end_at_exit
from faqbot.web.helpdesk import api as helpdesk_api
from faqbot.web.helpdesk import console
from faqbot.web.widget import view as widget

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
    app.extensions["faqbot_sender"] = _sender(settings, service.store)
    app.extensions["faqbot_reports"] = Reports(service.store)
    app.extensions["faqbot_context"] = ContextSigner(settings.signing_key())
    limits.add_limits(app, settings)
    chat.set_up(app, settings, chat.ports_of(service))
    for module in (api, handoff, health, hooks, pages, slack, widget):
        app.register_blueprint(module.blueprint)
    console.add_console(app, settings.signing_key())
    app.register_blueprint(helpdesk_api.blueprint)
    allow_origins(app, settings.allowed_origins)
    problem.handle_errors(app)
    security.add_headers(app)
    end_at_exit(app)
    return app


def _service(settings: Settings, loaded: Loaded | None) -> Service:
    store = Store(settings.store_url(), Notices(settings.webhooks, settings.mail))
    live = LiveAssistant(
        settings.knowledge,
        loaded=loaded,
        edits=store.edits,
        embeddings_url=settings.embeddings_url,
        embeddings_model=settings.embeddings_model,
    )
    return Service(live, store, Reachable(settings.contact, settings.office_hours))


def _sender(settings: Settings, store: Store) -> Sender | None:
    """Begin to send notices; None where nobody is told anything."""
    if not settings.webhooks and settings.mail is None:
        return None
    found = Sender(store, carriers(settings.webhooks, settings.mail))
    found.start()
    return found
