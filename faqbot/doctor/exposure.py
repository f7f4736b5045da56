"""Who may reach the server, and how often?"""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

from faqbot.doctor.finding import Finding, Installation, fault, ok, warning

_WIDEST = {4: 8, 6: 16}
"""By IP version: a public network with a shorter prefix is no proxy's."""
_HERE = ("localhost", "127.0.0.1", "::1")


def public_url(found: Installation) -> Iterator[Finding]:
    """Whether people reach us through TLS."""
    settings, where = found.settings, "FAQBOT_PUBLIC_URL"
    if settings.public_url is None:
        if settings.slack_bot_token:
            advice = "set it to the address at which people reach faqbot, such as https://faq.example.com"
            yield warning(where, "is not set, so replies in Slack have no links", advice)
        return
    place = urlsplit(settings.public_url)
    if place.scheme != "https" and place.hostname not in _HERE:
        advice = "put a reverse proxy with TLS before the server, and write https://"
        yield warning(where, "is without TLS: passwords and questions can be read on the way", advice)
    elif place.scheme == "https" and not settings.trusted_proxies:
        advice = "set FAQBOT_TRUSTED_PROXIES to the address of what ends TLS"
        yield warning(where, "is https, and no proxy is trusted: all clients count as one", advice)
    else:
        yield ok(where, settings.public_url)


def proxies(found: Installation) -> Iterator[Finding]:
    """Whether only proxies may say where a request comes from."""
    where, advice = "FAQBOT_TRUSTED_PROXIES", "name the addresses of your proxies alone, such as 10.0.0.5"
    wide = [each for each in found.settings.trusted_proxies if _is_wide(each)]
    for network in wide:
        said = f"{network} lets strangers say that they are somebody else, and so escape the limits"
        yield fault(where, said, advice) if network.prefixlen == 0 else warning(where, said, advice)
    if found.settings.trusted_proxies and not wide:
        yield ok(where, ", ".join(map(str, found.settings.trusted_proxies)))


def origins(found: Installation) -> Iterator[Finding]:
    """Whether only known sites may show the chat."""
    allowed, where = found.settings.allowed_origins, "FAQBOT_ALLOWED_ORIGINS"
    if "*" in allowed:
        yield warning(where, "every web site may show the chat and use the API", "name your sites instead of *")
    elif allowed:
        yield ok(where, ", ".join(allowed))


def limit(found: Installation) -> Iterator[Finding]:
    """Whether a client can take it all."""
    rate, where = found.settings.rate_limit, "FAQBOT_RATE_LIMIT"
    if rate is None:
        advice = "set a limit, unless the proxy before the server has one"
        yield warning(where, "is off: one client can take all of the server", advice)
    else:
        yield ok(where, rate)


def _is_wide(network: IPv4Network | IPv6Network) -> bool:
    return network.prefixlen < _WIDEST[network.version] and (network.prefixlen == 0 or not network.is_private)
