"""The mail server that takes notices, and who gets them."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from faqbot.errors import SettingsError
from faqbot.outgoing.mail_address import mail_address

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server with our account on it."""

    host: str
    port: int
    secure: bool
    """Whether TLS begins with the connection; else it begins where the server offers it."""
    user: str | None
    password: str | None = field(repr=False)
    sender: str
    """Address that our mail comes from."""
    team: tuple[str, ...]
    """Addresses that are told about new tickets."""


def mail_server(url: str | None, sender: str | None, team: str | None) -> MailServer | None:
    """Read the settings of mail, which come together; none of them leaves mail off.

    :param url: As ``smtp://user:password@host:port`` or ``smtps://…``.
    :param team: Addresses, apart by commas or spaces.
    :raises SettingsError: if one is missing, or cannot be used.
    """
    if not url:
        if sender or team:
            raise SettingsError("FAQBOT_MAIL_FROM and FAQBOT_MAIL_TO need FAQBOT_SMTP_URL")
        return None
    if not sender:
        raise SettingsError("FAQBOT_SMTP_URL needs FAQBOT_MAIL_FROM")
    place, port = _checked(url)
    return MailServer(
        host=place.hostname or "",
        port=port,
        secure=place.scheme == "smtps",
        user=unquote(place.username) if place.username else None,
        password=unquote(place.password) if place.password else None,
        sender=_address(sender, "FAQBOT_MAIL_FROM"),
        team=tuple(_address(each, "FAQBOT_MAIL_TO") for each in re.split(r"[\s,]+", team or "") if each),
    )


def _checked(url: str) -> tuple[SplitResult, int]:
    try:
        place = urlsplit(url)
        port = _PORTS[place.scheme] if place.port is None else place.port
    except (KeyError, ValueError):
        place, port = urlsplit(""), 0
    whole = bool(place.username) == bool(place.password)
    if not place.hostname or not port or not whole or place.path.strip("/") or place.query or place.fragment:
        raise SettingsError(
            "FAQBOT_SMTP_URL: smtp://host:port, smtps://host:port, or smtp://user:password@host:port is allowed; "
            "special characters of the user and the password are written as %40"
        )
    return place, port


def _address(text: str, name: str) -> str:
    found = mail_address(text)
    if found is None:
        raise SettingsError(f"{name} has {text!r}, which is no e-mail address")
    return found
