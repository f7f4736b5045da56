"""The console: its pages in one frame, guarded against forged forms."""

import logging
from http import HTTPStatus

from flask import Blueprint, Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from faqbot.errors import StoreError
from faqbot.web.helpdesk import audit, edits, figures, frame, gaps, inbox, login, outbox, ticket
from faqbot.web.helpdesk.session import forget_user, set_up_sessions

_log = logging.getLogger(__name__)

_PAGES = (
    login.blueprint,
    inbox.blueprint,
    ticket.blueprint,
    gaps.blueprint,
    edits.blueprint,
    figures.blueprint,
    outbox.blueprint,
    audit.blueprint,
)
_REASONS = {
    HTTPStatus.UNAUTHORIZED: "desk_ended",
    HTTPStatus.FORBIDDEN: "desk_forbidden",
    HTTPStatus.NOT_FOUND: "desk_not_found",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "desk_too_large",
    HTTPStatus.TOO_MANY_REQUESTS: "desk_too_many",
}


def add_console(app: Flask, key: str) -> None:
    """Add the console to an application; the key signs its sessions."""
    set_up_sessions(app, key)
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.register_blueprint(_console(CSRFProtect(app)))


def _console(protection: CSRFProtect) -> Blueprint:
    console = Blueprint("helpdesk", __name__, url_prefix="/helpdesk")
    console.before_request(protection.protect)
    console.after_request(_keep_nowhere)
    console.context_processor(frame.surroundings)
    console.register_error_handler(CSRFError, _forged)
    console.register_error_handler(HTTPException, _refused)
    console.register_error_handler(StoreError, _store_down)
    for page in _PAGES:
        console.register_blueprint(page)
    return console


def _keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _forged(error: CSRFError) -> tuple[str, int]:
    return _page("desk_stale_form", HTTPStatus.BAD_REQUEST)


def _refused(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    status = HTTPStatus(error.code)
    page = Response(_page(_REASONS.get(status, "desk_refused"), status)[0], status)
    page.headers.extend({name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")})
    return page


def _store_down(error: StoreError) -> tuple[str, int]:
    _log.error("%s: %s", type(error).__name__, error)
    forget_user()
    return _page("desk_down", HTTPStatus.SERVICE_UNAVAILABLE)


def _page(reason: str, status: HTTPStatus) -> tuple[str, int]:
    """Show why something was not done, with the text that would be lost with it."""
    kept = request.form.get("text") if status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE else None
    return render_template("helpdesk/refused.html", reason=reason, status=status, kept=kept), status
