"""What the texts of settings mean. Each function takes a variable's name and text, and refuses what cannot be used."""

import re
from collections.abc import Sequence
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from faqbot.errors import SettingsError
from faqbot.language.pack import LANGUAGES
from faqbot.settings.weak_secret import why_refused
from faqbot.web_address import web_address as parts_of

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}
"""By the scheme of a database's address, the one with the driver that we use."""
LONGEST_RETENTION = 36_500
"""In days."""
_ORIGIN = re.compile(r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?")
_RATE = re.compile(r"([1-9]\d{0,6}) ?/ ?(second|minute|hour)")
OFF = "off"
"""Of a limit."""


def path(name: str, text: str) -> Path:
    """Return a path, whether anything is there or not."""
    return Path(text)


def word(name: str, text: str) -> str:
    """Return a text as it is."""
    return text


def database(name: str, url: str) -> str:
    """Return the address of a database of a kind that is supported."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme.partition("+")[0] not in DRIVERS:
        raise SettingsError(f"{name} begins with neither postgresql:// nor sqlite://, which are supported")
    return url


def redis(name: str, url: str) -> str:
    """Return the address of a Redis."""
    try:
        usable = urlsplit(url).scheme in ("redis", "rediss") and urlsplit(url).port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{name}: redis:// and rediss:// are supported, as redis://:password@host:6379/0")
    return url


def web_address(name: str, url: str) -> str:
    """Return an http or https address without user, query or fragment, and without a slash at the end."""
    if parts_of(url) is None:
        shown = "no such address" if set(url) & set("?#@") else repr(url)
        raise SettingsError(
            f"{name} is {shown}; http://host or https://host is allowed, with a port and path or without, "
            "and without user, query or fragment"
        )
    return url.rstrip("/")


def whole(lowest: int, highest: int, name: str, text: str) -> int:
    """Return a whole number within bounds."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and lowest <= int(text) <= highest):
        raise SettingsError(f"{name} is {text[:20]!r}; a whole number from {lowest} to {highest:,} is needed")
    return int(text)


days = partial(whole, 1, LONGEST_RETENTION)


def replies(name: str, text: str) -> int:
    """Return a number of replies, at least 1."""
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise SettingsError(f"{name} is {text[:20]!r}; a whole number from 1 is allowed")
    return int(text)


def one_of(allowed: Sequence[str], name: str, text: str) -> str:
    """Return one of the words that are allowed."""
    if text not in allowed:
        raise SettingsError(f"{name} is {text!r}; {', '.join(allowed)} are allowed")
    return text


language = partial(one_of, LANGUAGES)


def yes(name: str, text: str) -> bool:
    """Return whether the answer is yes, not no."""
    return one_of(("yes", "no"), name, text) == "yes"


def rate(name: str, text: str) -> str:
    """Return a limit of requests, such as ``60/minute``, or ``off``."""
    if text != OFF and not _RATE.fullmatch(text):
        raise SettingsError(f"{name} is {text!r}; write it as 60/minute (second, minute or hour), or {OFF}")
    return text


def networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return addresses and networks, apart by commas or spaces."""
    return tuple(_network(name, each) for each in _parts(text))


def origins(name: str, text: str) -> tuple[str, ...]:
    """Return web origins; a slash at the end of one, as people copy it from the address bar, is taken off."""
    found = tuple(dict.fromkeys(each.lower().removesuffix("/") for each in _parts(text)))
    for origin in found:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"{name}: {origin!r} is not an origin; write it as https://example.com or "
                "http://localhost:8080, without a path, or * for every origin"
            )
    return found


def given_secret(name: str, secret: str) -> str:
    """Return a secret that somebody else has made, however short it is: it is for them to check."""
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise SettingsError(f"{name} must be one word of letters, digits and signs, as it was given out")
    return secret


def strong_secret(name: str, secret: str) -> str:
    """Return a secret by which we are trusted."""
    reason = why_refused(secret)
    if reason:
        raise SettingsError(f"{name} {reason}")
    return secret


def _network(name: str, text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(f"{name}: {text!r} is no address; write it as 10.0.0.5 or 10.0.0.0/24") from error


def _parts(text: str) -> list[str]:
    return [each for each in re.split(r"[\s,]+", text) if each]
