"""Headers that keep browsers from doing what no page of ours needs, and HTML in pages that may be shown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from markupsafe import Markup

from faqbot.safe_html import safe_html

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_HEADERS = tuple((name.lower(), name, value) for name, value in _ALWAYS.items())


def with_headers(application: "WSGIApplication") -> "WSGIApplication":
    """Send the headers with every response of an application that does not set them itself."""

    def wrapped(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, *_missing(headers)], *error)

        return application(environ, start)

    return wrapped


def _missing(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    given = {name.lower(): value for name, value in headers}
    missing = [(name, value) for key, name, value in _HEADERS if key not in given]
    if "cache-control" not in given:
        missing.append(("Cache-Control", "no-store" if "json" in given.get("content-type", "") else "no-cache"))
    return missing


def add_filter(app: Flask) -> None:
    """Let templates show a text's HTML, by ``sanitised``; everything else that they show is escaped."""
    app.add_template_filter(lambda html: Markup(safe_html(html)), "sanitised")
