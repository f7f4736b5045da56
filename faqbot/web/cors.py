"""Which pages of other origins may use the API and the widget."""

import re
from collections.abc import Sequence

from flask import Flask
from flask_cors import CORS

_SECONDS_TO_REMEMBER = 600
_EVERY = "*"


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
        origins=[_exactly(origin) for origin in origins],
        expose_headers=["Retry-After"],
        max_age=_SECONDS_TO_REMEMBER,
        supports_credentials=False,
    )


def _exactly(origin: str) -> str | re.Pattern[str]:
    """Return what matches an origin alone: the library would take the brackets of ``http://[::1]`` for a pattern."""
    return origin if origin == _EVERY else re.compile(re.escape(origin) + r"\Z", re.IGNORECASE)
