"""The Flask application."""

import atexit

from flask import Flask

from faqbot.helpdesk.carriers import carriers
from faqbot.helpdesk.delivery import Sender
from faqbot.helpdesk.figures import Reports
from faqbot.helpdesk.notices import Notices
from faqbot.live import LiveAssistant
from faqbot.metrics.numbers import EXCHANGES_LOST, EXCHANGES_WAITING, WORKERS, begin_at_zero
from faqbot.service import Reachable, Service
from faqbot.settings import Settings
from faqbot.startup import Loaded
from faqbot.store.store import Store
from faqbot.store.writer import Watch
from faqbot.web import api, chat, handoff, health, hooks, limits, metrics, pages, problem, security, slack
from faqbot.web.chunked import with_length
from faqbot.web.context import ContextSigner
from faqbot.web.cors import allow_origins
from faqbot.web.ending import end_at_exit
from faqbot.web.helpdesk import api as helpdesk_api
from faqbot.web.helpdesk import console
from faqbot.web.requests import note_requests
from faqbot.web.state import State
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
    note_requests(app, log_each=settings.access_log)
    service = _service(settings, loaded)
    app.extensions["faqbot"] = service
    sender = app.extensions["faqbot_sender"] = _sender(settings, service.store)
    app.extensions["faqbot_reports"] = Reports(service.store)
    app.extensions["faqbot_context"] = ContextSigner(settings.signing_key())
    app.config[metrics.TOKEN] = settings.metrics_token
    counter = limits.add_limits(app, settings)
    app.extensions["faqbot_state"] = State(service, counter, sender)
    chat.set_up(app, settings, chat.ports_of(service))
    for module in (api, handoff, health, hooks, metrics, pages, slack, widget):
        app.register_blueprint(module.blueprint)
    console.add_console(app, settings.signing_key())
    app.register_blueprint(helpdesk_api.blueprint)
    allow_origins(app, settings.allowed_origins)
    problem.handle_errors(app)
    app.wsgi_app = security.with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]
    security.add_filter(app)
    begin_at_zero()
    WORKERS.set(1)
    end_at_exit(app)
    return app


def follow_edits(app: Flask) -> None:
    """Let an application that serves take over edits of its knowledge, from now until the process ends."""
    live: LiveAssistant = app.extensions["faqbot"].live
    live.start()
    atexit.register(live.stop)


def _service(settings: Settings, loaded: Loaded | None) -> Service:
    watch = Watch(EXCHANGES_WAITING.set, EXCHANGES_LOST.inc)
    store = Store(settings.store_url(), Notices(settings.webhooks, settings.mail), watch=watch)
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
