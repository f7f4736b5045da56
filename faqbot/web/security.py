"""Headers that keep browsers from doing what no page of ours needs, and HTML in pages that may be shown."""

from flask import Flask, Response
from markupsafe import Markup

from faqbot.safe_html import safe_html

_HEADERS = {
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


def add_headers(app: Flask) -> None:
    """Send the headers with every response."""

    @app.after_request
    def _add(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.cache_control:
            response.headers["Cache-Control"] = "no-store" if response.is_json else "no-cache"
        return response


def add_filter(app: Flask) -> None:
    """Let templates show a text's HTML, by ``sanitised``; everything else that they show is escaped."""
    app.add_template_filter(lambda html: Markup(safe_html(html)), "sanitised")
