"""What the operator sets, read once from the environment."""

import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from platformdirs import user_data_path

from faqbot.errors import SettingsError
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.language.pack import LANGUAGES
from faqbot.outgoing.mail_server import MailServer, mail_server
from faqbot.outgoing.target import Target
from faqbot.outgoing.target_file import read_targets

_SQLITE_FILE = "faqbot.sqlite3"
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}
_SECRET_KEY_FILE = "secret-key"
_SHORTEST_SECRET = 16
_ORIGIN = re.compile(r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?")
LONGEST_RETENTION = 36_500
"""In days."""
MOST_THREADS = 64
LONGEST_QUEUE = 10_000
"""Of requests that wait."""
MOST_CLIENT_SECONDS = 600
_RATE = re.compile(r"([1-9]\d{0,6}) ?/ ?(second|minute|hour)")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a server. ``README.md`` lists them for operators."""

    knowledge: Path = field(default_factory=shipped_knowledge)
    """Folder of the knowledge, or a single Markdown file (``FAQBOT_KNOWLEDGE``)."""
    data: Path = field(default_factory=lambda: user_data_path("faqbot"))
    """Folder for what outlives the process (``FAQBOT_DATA``)."""
    database_url: str | None = field(default=None, repr=False)
    """Of the store (``FAQBOT_DATABASE_URL``); None: an SQLite file in the data folder."""
    retention_days: int = 90
    """How long questions and solved tickets are kept (``FAQBOT_RETENTION_DAYS``)."""
    contact: Mapping[str, str] = field(default_factory=dict)
    """By language, how to reach a person other than through faqbot (``FAQBOT_CONTACT_VI``, ``FAQBOT_CONTACT_EN``)."""
    office_hours: Mapping[str, str] = field(default_factory=dict)
    """By language, when people answer (``FAQBOT_OFFICE_HOURS_VI``, ``FAQBOT_OFFICE_HOURS_EN``)."""
    webhooks: tuple[Target, ...] = ()
    """Programs that are told about tickets, from the file that ``FAQBOT_WEBHOOKS`` names."""
    mail: MailServer | None = None
    """Sends mail about tickets (``FAQBOT_SMTP_URL``, ``FAQBOT_MAIL_FROM``, ``FAQBOT_MAIL_TO``); None: nobody does."""
    redis_url: str | None = field(default=None, repr=False)
    """Of a Redis in which several processes count requests together (``FAQBOT_REDIS_URL``); None: each for itself."""
    rate_limit: str | None = "6000/minute"
    """How often a client address may call an endpoint of the public API (``FAQBOT_RATE_LIMIT``); None: no limit."""
    threads: int = 8
    """Requests that one worker of ``faqbot serve`` answers at a time (``FAQBOT_THREADS``)."""
    most_waiting: int = 500
    """Requests that may wait for that, in each worker; more are refused with 503 (``FAQBOT_MOST_WAITING``)."""
    client_seconds: int = 10
    """In which a client must send a request's headers, and then its body; an idle connection is closed after that too
    (``FAQBOT_CLIENT_SECONDS``)."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks whose word on the client's address is taken (``FAQBOT_TRUSTED_PROXIES``)."""
    embeddings_url: str | None = None
    """OpenAI-compatible endpoint that compares by meaning (``FAQBOT_EMBEDDINGS_URL``); None: nobody does."""
    embeddings_model: str = ""
    """Model to ask the endpoint for (``FAQBOT_EMBEDDINGS_MODEL``); "" where it has only one."""
    public_url: str | None = None
    """Where people and chat programs reach us, without a slash at the end (``FAQBOT_PUBLIC_URL``); None: they don't."""
    slack_signing_secret: str | None = field(default=None, repr=False)
    """By which requests of Slack are known (``FAQBOT_SLACK_SIGNING_SECRET``); None: Slack is not served."""
    slack_bot_token: str | None = field(default=None, repr=False)
    """With which replies are posted to Slack (``FAQBOT_SLACK_BOT_TOKEN``); None: none are."""
    slack_language: str | None = None
    """In which Slack is always answered (``FAQBOT_SLACK_LANGUAGE``); None: in the asker's."""
    slack_silent: bool = False
    """Whether to say nothing in a Slack channel where we cannot help (``FAQBOT_SLACK_SILENT``)."""
    replies_per_minute: int = 20
    """At most, in a channel of a chat program (``FAQBOT_REPLIES_PER_MINUTE``)."""
    allowed_origins: tuple[str, ...] = ()
    """Web origins, such as ``https://example.com``, whose pages may use the API and the widget; ``*`` for every origin
    (``FAQBOT_ALLOWED_ORIGINS``, with commas or spaces between them)."""
    secret_key: str | None = field(default=None, repr=False)
    """Signs contexts and sessions (``FAQBOT_SECRET_KEY``); None: one is made and kept in the data folder."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; a variable that is missing or empty has its default.

        :raises SettingsError: if a value cannot be used.
        """
        values: dict[str, Any] = {}
        if knowledge := environ.get("FAQBOT_KNOWLEDGE"):
            values["knowledge"] = Path(knowledge)
        if data := environ.get("FAQBOT_DATA"):
            values["data"] = Path(data)
        database = _secret(environ, "FAQBOT_DATABASE_URL")
        if database is not None:
            values["database_url"] = database
            Settings(database_url=database).store_url()
        if days := environ.get("FAQBOT_RETENTION_DAYS"):
            values["retention_days"] = _whole(days, "FAQBOT_RETENTION_DAYS", 1, LONGEST_RETENTION)
        values["contact"] = _by_language(environ, "FAQBOT_CONTACT_")
        values["office_hours"] = _by_language(environ, "FAQBOT_OFFICE_HOURS_")
        if webhooks := environ.get("FAQBOT_WEBHOOKS"):
            values["webhooks"] = read_targets(Path(webhooks), environ)
        values["mail"] = mail_server(
            _secret(environ, "FAQBOT_SMTP_URL"), environ.get("FAQBOT_MAIL_FROM"), environ.get("FAQBOT_MAIL_TO")
        )
        values |= _limits(environ)
        if url := environ.get("FAQBOT_EMBEDDINGS_URL"):
            values["embeddings_url"] = url
        if model := environ.get("FAQBOT_EMBEDDINGS_MODEL"):
            values["embeddings_model"] = model
        values |= _chat(environ)
        if origins := environ.get("FAQBOT_ALLOWED_ORIGINS"):
            values["allowed_origins"] = _origins(origins)
        key = _secret(environ, "FAQBOT_SECRET_KEY")
        if key is not None:
            values["secret_key"] = _long_enough(key, "FAQBOT_SECRET_KEY")
        return cls(**values)

    def store_url(self) -> str:
        """Return the address of the store's database, with the driver that we use.

        :raises SettingsError: if it is of no database that is supported.
        """
        if self.database_url is None:
            return f"sqlite:///{self.data / _SQLITE_FILE}"
        scheme, separator, rest = self.database_url.partition("://")
        if not separator or scheme.partition("+")[0] not in _DRIVERS:
            raise SettingsError(
                f"FAQBOT_DATABASE_URL begins with {scheme[:20]!r}; postgresql:// and sqlite:// are supported"
            )
        return f"{_DRIVERS[scheme.partition('+')[0]]}://{rest}"

    def signing_key(self) -> str:
        """Return the secret key, making it and keeping it in the data folder the first time.

        :raises SettingsError: if there is none and the data folder cannot be written.
        """
        if self.secret_key:
            return self.secret_key
        path = self.data / _SECRET_KEY_FILE
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(32))
            return _long_enough(path.read_text("ascii").strip(), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"no secret key can be kept in {path} ({error}); set FAQBOT_DATA to a folder that can be written, "
                "or FAQBOT_SECRET_KEY"
            ) from error


def _chat(environ: Mapping[str, str]) -> dict[str, object]:
    """Read the settings of chat programs."""
    values: dict[str, object] = {}
    if url := environ.get("FAQBOT_PUBLIC_URL"):
        values["public_url"] = _address(url, "FAQBOT_PUBLIC_URL")
    if secret := _secret(environ, "FAQBOT_SLACK_SIGNING_SECRET"):
        values["slack_signing_secret"] = _long_enough(secret, "FAQBOT_SLACK_SIGNING_SECRET")
    if token := _secret(environ, "FAQBOT_SLACK_BOT_TOKEN"):
        values["slack_bot_token"] = _long_enough(token, "FAQBOT_SLACK_BOT_TOKEN")
    if language := environ.get("FAQBOT_SLACK_LANGUAGE"):
        values["slack_language"] = _one_of(language, LANGUAGES, "FAQBOT_SLACK_LANGUAGE")
    if silent := environ.get("FAQBOT_SLACK_SILENT"):
        values["slack_silent"] = _one_of(silent, ("yes", "no"), "FAQBOT_SLACK_SILENT") == "yes"
    if most := environ.get("FAQBOT_REPLIES_PER_MINUTE"):
        values["replies_per_minute"] = _replies(most)
    return values


def _replies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise SettingsError(f"FAQBOT_REPLIES_PER_MINUTE is {text[:20]!r}; a whole number from 1 is allowed")
    return int(text)


def _address(url: str, name: str) -> str:
    try:
        place = urlsplit(url)
        usable = place.scheme in ("http", "https") and place.hostname and place.port != 0
    except ValueError:
        usable = None
    if not usable or not url.isascii() or not url.isprintable() or set(url) & set(" ?#@"):
        raise SettingsError(
            f"{name} is {url!r}; http://host or https://host is allowed, with a port and path or without"
        )
    return url.rstrip("/")


def _one_of(value: str, allowed: Sequence[str], name: str) -> str:
    if value not in allowed:
        raise SettingsError(f"{name} is {value!r}; {', '.join(allowed)} are allowed")
    return value


def _by_language(environ: Mapping[str, str], prefix: str) -> dict[str, str]:
    values = {language: environ.get(f"{prefix}{language.upper()}", "").strip() for language in LANGUAGES}
    return {language: value for language, value in values.items() if value}


def _whole(text: str, name: str, lowest: int, highest: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and lowest <= int(text) <= highest):
        raise SettingsError(f"{name} is {text[:20]!r}; a whole number from {lowest} to {highest:,} is needed")
    return int(text)


def _limits(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if url := _secret(environ, "FAQBOT_REDIS_URL"):
        if not url.startswith(("redis://", "rediss://")):
            raise SettingsError("FAQBOT_REDIS_URL: redis:// and rediss:// are supported")
        values["redis_url"] = url
    if rate := environ.get("FAQBOT_RATE_LIMIT", "").strip():
        if rate != "off" and not _RATE.fullmatch(rate):
            raise SettingsError(
                f"FAQBOT_RATE_LIMIT is {rate!r}; write it as 60/minute (second, minute or hour), or off"
            )
        values["rate_limit"] = None if rate == "off" else rate
    if threads := environ.get("FAQBOT_THREADS"):
        values["threads"] = _whole(threads, "FAQBOT_THREADS", 1, MOST_THREADS)
    if waiting := environ.get("FAQBOT_MOST_WAITING"):
        values["most_waiting"] = _whole(waiting, "FAQBOT_MOST_WAITING", 0, LONGEST_QUEUE)
    if seconds := environ.get("FAQBOT_CLIENT_SECONDS"):
        values["client_seconds"] = _whole(seconds, "FAQBOT_CLIENT_SECONDS", 1, MOST_CLIENT_SECONDS)
    if proxies := environ.get("FAQBOT_TRUSTED_PROXIES"):
        values["trusted_proxies"] = tuple(_network(each) for each in re.split(r"[\s,]+", proxies) if each)
    return values


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(
            f"FAQBOT_TRUSTED_PROXIES: {text!r} is no address; write it as 10.0.0.5 or 10.0.0.0/24"
        ) from error


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    """Read a secret from a variable, or from the file that the variable's ``_FILE`` twin names."""
    file = environ.get(f"{name}_FILE")
    if not file:
        return environ.get(name) or None
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}_FILE: {file} cannot be read ({error})") from error


def _origins(text: str) -> tuple[str, ...]:
    """Read a list of origins; a slash at the end of one, as people copy it from the address bar, is taken off."""
    origins = tuple(dict.fromkeys(each.lower().removesuffix("/") for each in re.split(r"[\s,]+", text) if each))
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"FAQBOT_ALLOWED_ORIGINS: {origin!r} is not an origin; write it as https://example.com or "
                "http://localhost:8080, without a path, or * for every origin"
            )
    return origins


def _long_enough(secret: str, what: str) -> str:
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"{what} is too short: at least {_SHORTEST_SECRET} characters are needed")
    return secret


def _write_once(path: Path, content: str) -> None:
    """Create a file, whole at once, that only its owner can read; do nothing if there is one."""
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as file:
        file.write(content)
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)
