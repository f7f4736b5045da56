"""Log in and out."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from faqbot.web.helpdesk.access import is_inside
from faqbot.web.helpdesk.frame import desk_words
from faqbot.web.helpdesk.session import current_user, log_in, log_out
from faqbot.web.limits import client_address, limits
from faqbot.web.parts import service

blueprint = Blueprint("login", __name__)

ATTEMPTS_BY_ADDRESS = "200/hour"
ATTEMPTS_BY_NAME = "20/hour"
_OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@blueprint.get("/login")
def form() -> str | Response:
    """Ask for name and password."""
    if current_user() is not None:
        return redirect(_onward())
    return _form()


@blueprint.post("/login")
def enter() -> tuple[str, int] | Response:
    """Begin a session."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    limits().spend(ATTEMPTS_BY_ADDRESS, "login address", client_address())
    limits().spend(ATTEMPTS_BY_NAME, "login name", name.strip().casefold())
    user = service().store.users.log_in(name, password)
    if user is None:
        return _form(name, desk_words().say("desk_wrong_password")), HTTPStatus.UNPROCESSABLE_ENTITY
    log_in(user)
    service().store.audit.note(user.name, "session.login", user.name)
    return redirect(_onward(), HTTPStatus.SEE_OTHER)


@blueprint.post("/logout")
def leave() -> Response:
    """End the session."""
    log_out()
    return redirect(url_for("helpdesk.login.form"), HTTPStatus.SEE_OTHER)


def _form(name: str = "", error: str = "") -> str:
    onward = request.args.get("next")
    return render_template("helpdesk/login.html", name=name[:100], error=error, onward=onward, unsafe=_unsafe())


def _unsafe() -> bool:
    """Return whether browsers will not keep the session: they do so over https, and over http on their own machine."""
    host = request.host.rpartition(":")[0] or request.host
    return not request.is_secure and host not in _OWN_MACHINE


def _onward() -> str:
    """Return where somebody wanted to go; the inbox, where that is no page of the console."""
    wanted = request.args.get("next", "")
    return wanted if is_inside(wanted) else url_for("helpdesk.inbox.index")
