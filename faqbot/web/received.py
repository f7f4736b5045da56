"""Count what chat programs send, by program and what became of it."""

from flask import Blueprint, Response, g

from faqbot.metrics.numbers import WEBHOOKS_RECEIVED

_UNKNOWN = "unknown"
_OUTCOMES = {401: "refused", 404: "refused", 429: "busy", 503: "busy"}


def count_received(blueprint: Blueprint) -> None:
    """Count the requests that a blueprint answers."""

    @blueprint.after_request
    def _count(response: Response) -> Response:
        WEBHOOKS_RECEIVED.labels(g.get("platform", _UNKNOWN), _outcome(response.status_code)).inc()
        return response


def is_from(platform: str) -> None:
    """Note which program sent this request, once it is clear that it did."""
    g.platform = platform


def _outcome(status: int) -> str:
    if status < 400:
        return "accepted"
    return _OUTCOMES.get(status, "invalid" if status < 500 else "failed")
