"""Programs that come with a token: ``Authorization: Bearer …``."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec, TypeVar

from flask import abort, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from faqbot.helpdesk.desk import Desk
from faqbot.store.access import Role, Token
from faqbot.web.parts import service

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def needs_token(role: Role) -> Callable[[Callable[_Parameters, _Result]], Callable[_Parameters, _Result]]:
    """Let only tokens with a role use a view; without a good token it is 401, whatever is wrong with it."""

    def guard(view: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
        @wraps(view)
        def guarded(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
            found = _presented()
            if found is None:
                raise Unauthorized("a valid token is needed", www_authenticate=WWWAuthenticate("bearer"))
            if not found.role.may(role):
                abort(HTTPStatus.FORBIDDEN, f"the token needs the role {role}")
            g.helpdesk_token = found
            return view(*args, **kwargs)

        return guarded

    return guard


def token() -> Token:
    """Return the token of this request, in a view that ``needs_token`` guards."""
    found: Token = g.helpdesk_token
    return found


def token_desk() -> Desk:
    """Return the tickets in the hands of the token."""
    return Desk(service().store, token().name, via="API")


def _presented() -> Token | None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return service().store.tokens.by_secret(secret.strip()) if scheme.lower() == "bearer" and secret else None
