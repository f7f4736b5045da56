"""Which pages of other origins may use the API and the widget."""

from collections.abc import Sequence

from flask import Flask
from flask_cors import CORS

_SECONDS_TO_REMEMBER = 600


def allow_origins(app: Flask, origins: Sequence[str]) -> None:
    """Let browsers hand the API's replies to pages of these origins, without cookies or other credentials."""
    if not origins:
        return
    CORS(
        app,
        resources={
            r"/api/.*": {"methods": ["GET", "POST"], "allow_headers": ["Content-Type"]},
            r"/widget\.js": {"methods": ["GET"]},
        },
        origins=list(origins),
        expose_headers=["Retry-After"],
        max_age=_SECONDS_TO_REMEMBER,
        supports_credentials=False,
    )
