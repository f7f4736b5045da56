"""Who may see a page of the console."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from faqbot.helpdesk.desk import Desk
from faqbot.store.access import Role, User
from faqbot.web.helpdesk.session import current_user
from faqbot.web.parts import service

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def needs(role: Role) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result | Response]]:
    """Let only users with a role see a view: others are refused with 403, strangers are sent to log in."""

    def guard(view: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result | Response]:
        @wraps(view)
        def guarded(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result | Response:
            user = current_user()
            if user is None:
                return _to_login()
            if not user.role.may(role):
                abort(HTTPStatus.FORBIDDEN)
            return view(*args, **kwargs)

        return guarded

    return guard


def user() -> User:
    """Return who is logged in, in a view that ``needs`` guards."""
    found = current_user()
    if found is None:
        abort(HTTPStatus.FORBIDDEN)
    return found


def desk() -> Desk:
    """Return the tickets in the hands of who is logged in."""
    return Desk(service().store, user().name)


def _to_login() -> Response:
    """Send somebody to log in, and then back; with a form in hand, say first that nothing came of it."""
    if request.method == "POST":
        abort(HTTPStatus.UNAUTHORIZED)
    there = request.full_path.rstrip("?")
    return redirect(url_for("helpdesk.login.form", next=there), HTTPStatus.SEE_OTHER)


def is_inside(path: str) -> bool:
    """Return whether a path that came with a request leads to a page of the console, and nowhere else."""
    clean = path.isascii() and path.isprintable() and "\\" not in path and "//" not in path
    return clean and (path == "/helpdesk" or path.startswith(("/helpdesk/", "/helpdesk?")))
