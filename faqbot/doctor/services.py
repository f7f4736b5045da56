"""Do the programs answer that faqbot is to talk to?"""

import socket
import ssl
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError
from slack_sdk.errors import SlackApiError

from faqbot.channels.slack_client import API, slack_client
from faqbot.doctor.finding import Finding, Installation, fault, ok, warning
from faqbot.embeddings.client import Embedder, EmbeddingsError
from faqbot.errors import DeliveryError
from faqbot.helpdesk.mailing import log_in
from faqbot.outgoing.address import is_public
from faqbot.outgoing.target import Target

_SECONDS = 3.0
"""That a step may take."""
_SECONDS_TO_LOAD = 10.0
"""That a model may take for its first text."""
_SECONDS_TO_COMPARE = 0.15
"""After which an answer goes on without the endpoint."""


def redis(found: Installation) -> Iterator[Finding]:
    """Whether Redis counts."""
    if found.settings.redis_url is None:
        return
    place = f"Redis at {found.settings.redis_host}"
    try:
        with Redis.from_url(
            found.settings.redis_url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS
        ) as client:
            client.ping()
    except (RedisError, ValueError) as error:
        advice = "see that it runs, and that address and password are right; until then each process counts for itself"
        yield fault("FAQBOT_REDIS_URL", f"{place} does not answer ({type(error).__name__})", advice)
        return
    yield ok("FAQBOT_REDIS_URL", f"{place} answers")


def embeddings(found: Installation) -> Iterator[Finding]:
    """Whether the endpoint compares, and in time."""
    url, where = found.settings.embeddings_url, "FAQBOT_EMBEDDINGS_URL"
    if url is None:
        return
    embedder = Embedder(url, found.settings.embeddings_model, timeout=_SECONDS_TO_LOAD)
    try:
        embedder.embed(["faqbot doctor"])
        begun = time.perf_counter()
        width = embedder.embed(["how much memory is needed"]).shape[1]
    except EmbeddingsError as error:
        advice = "see that it runs, and that FAQBOT_EMBEDDINGS_MODEL is one of its models; until then wording decides"
        yield fault(where, str(error), advice)
        return
    took = time.perf_counter() - begun
    said = f"{embedder.url}: {width} numbers in {took * 1000:.0f} ms"
    if took > _SECONDS_TO_COMPARE:
        advice = (
            f"take a smaller model or a faster machine: beyond {_SECONDS_TO_COMPARE * 1000:.0f} ms it is passed over"
        )
        yield warning(where, said, advice)
    else:
        yield ok(where, said)


def mail(found: Installation, tls: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Whether the mail server lets us in; nothing is sent."""
    server = found.settings.mail
    if server is None:
        return
    place = f"{server.host}:{server.port}"
    try:
        log_in(server, tls=tls, timeout=_SECONDS)
    except DeliveryError as error:
        advice = "see that the server, its port, the user and the password are right, and that it offers TLS"
        yield fault("FAQBOT_SMTP_URL", f"{place}: {error}", advice)
        return
    yield ok("FAQBOT_SMTP_URL", f"{place} lets us in")


def webhooks(found: Installation) -> Iterator[Finding]:
    """Whether each target has an address, and a public one unless another is allowed."""
    for target in found.settings.webhooks:
        yield _target(target)


def slack(found: Installation, api: str = API) -> Iterator[Finding]:
    """Whether both secrets of Slack are there, and Slack knows the token."""
    secret, token = found.settings.slack_signing_secret, found.settings.slack_bot_token
    if bool(secret) != bool(token):
        name = "FAQBOT_SLACK_BOT_TOKEN" if secret else "FAQBOT_SLACK_SIGNING_SECRET"
        yield fault(name, "is missing: the signing secret and the bot token work only together", f"set {name}")
    if token is None:
        return
    where = "FAQBOT_SLACK_BOT_TOKEN"
    try:
        known = slack_client(token, api, pause=lambda _: None, timeout=_SECONDS).auth_test()
    except SlackApiError as error:
        yield fault(
            where, f"Slack says {error.response.get('error')}", "copy the Bot User OAuth Token from the app's page"
        )
    except (URLError, OSError) as error:
        yield warning(
            where, f"Slack cannot be reached ({type(error).__name__})", "see that the server may connect to it"
        )
    else:
        yield ok(where, f"Slack knows {known['user']} of {known['team']}")


def _target(target: Target) -> Finding:
    host, where = urlsplit(target.url).hostname or "", f"webhook {target.name}"
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return fault(where, f"{host} leads to no address", "correct the url, or see that names can be looked up")
    private = sorted(each for each in found if not is_public(each))
    if private and not target.allow_private:
        advice = "nothing is sent there; correct the url, or say allow_private: true"
        return fault(where, f"{host} leads to the private address {private[0]}", advice)
    return ok(where, f"{host} leads to {len(found)} address(es)")
