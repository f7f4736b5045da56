"""The numbers that Prometheus reads."""

from collections.abc import Iterator
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from faqbot.metrics.gathering import of_all_workers
from faqbot.web.parts import state
from faqbot.web.state import State

blueprint = Blueprint("metrics", __name__)

TOKEN = "FAQBOT_METRICS_TOKEN"
_SIGNS_OF_A_PROXY = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


class _All(Collector):
    """What was counted, and how the parts stand."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        yield from of_all_workers()
        yield from self._state.collect()


@blueprint.get("/metrics")
def metrics() -> Response:
    """Tell Prometheus the numbers of all workers."""
    _admit()
    encode, kind = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(_All(state())), content_type=kind)


def _admit() -> None:
    """Let in who shows the token; where none is set, who asks from this machine, and not through a proxy on it."""
    token: str | None = current_app.config[TOKEN]
    if token is None:
        if not _is_local():
            abort(HTTPStatus.FORBIDDEN, f"metrics are shown to this machine alone, unless {TOKEN} is set")
        return
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not compare_digest(shown.strip().encode(), token.encode()):
        raise Unauthorized("a valid token is needed", www_authenticate=WWWAuthenticate("bearer"))


def _is_local() -> bool:
    if any(name in request.headers for name in _SIGNS_OF_A_PROXY):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
