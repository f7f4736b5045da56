"""Who is logged in: a signed cookie names the user and the epoch, and ends after some hours, whatever is done."""

import time

from flask import Flask, Request, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from faqbot.store.access import User
from faqbot.web.parts import service

LONGEST_SESSION = 12 * 60 * 60
"""In seconds."""
COOKIE = "faqbot_helpdesk"
_PATH = "/helpdesk"
_USER, _EPOCH, _SINCE, _LANGUAGE = "user", "epoch", "since", "lang"


class _OfTheHelpdesk(SecureCookieSessionInterface):
    """Reads and writes no session elsewhere."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if request.path.startswith(_PATH) else self.make_null_session(app)


def set_up_sessions(app: Flask, key: str) -> None:
    """Sign the cookie with a key, and send it to the helpdesk alone."""
    app.session_interface = _OfTheHelpdesk()
    app.config.update(
        SECRET_KEY=key,
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_PATH=_PATH,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
    )


def log_in(user: User) -> None:
    """Begin a session; of one before it, only the language stays."""
    language = session.get(_LANGUAGE)
    session.clear()
    session.update({_USER: user.id, _EPOCH: user.epoch, _SINCE: int(time.time())})
    if language:
        session[_LANGUAGE] = language
    g.helpdesk_user = user


def log_out() -> None:
    """End the session."""
    language = session.get(_LANGUAGE)
    session.clear()
    if language:
        session[_LANGUAGE] = language
    g.helpdesk_user = None


def forget_user() -> None:
    """Show the rest of this request to nobody, as when it cannot be said who is logged in."""
    g.helpdesk_user = None


def current_user() -> User | None:
    """Return who is logged in; None if nobody is, or the session has ended.

    :raises StoreError: if the store is down.
    """
    if "helpdesk_user" not in g:
        g.helpdesk_user = _user()
    found: User | None = g.helpdesk_user
    return found


def _user() -> User | None:
    number, epoch, since = session.get(_USER), session.get(_EPOCH), session.get(_SINCE)
    if not isinstance(number, int) or not isinstance(since, int) or not 0 <= time.time() - since < LONGEST_SESSION:
        return None
    user = service().store.users.get(number)
    return user if user is not None and user.epoch == epoch else None
