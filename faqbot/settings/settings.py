"""What the operator sets, read once from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from faqbot.errors import SettingsError
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.outgoing.mail_server import MailServer
from faqbot.outgoing.target import Target
from faqbot.settings import values
from faqbot.settings.kept_key import kept_key
from faqbot.settings.reading import read_variables
from faqbot.settings.weak_secret import HOW_TO_MAKE

_SQLITE_FILE = "faqbot.sqlite3"


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
    metrics_token: str | None = field(default=None, repr=False)
    """Who reads ``/metrics`` must show it (``FAQBOT_METRICS_TOKEN``); None: it is shown to this machine alone."""
    log: str | None = None
    """How log lines are written, ``json`` or ``text`` (``FAQBOT_LOG``); None: text on a terminal, else JSON."""
    log_level: str = "info"
    """The least severe lines that are written: one of ``reading.LOG_LEVELS`` (``FAQBOT_LOG_LEVEL``)."""
    access_log: bool = False
    """Whether each request is logged (``FAQBOT_ACCESS_LOG``)."""
    secret_key: str | None = field(default=None, repr=False)
    """Signs contexts and sessions (``FAQBOT_SECRET_KEY``); None: one is made and kept in the data folder."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; a variable that is missing or empty has its default.

        :raises SettingsError: with every value that cannot be used, a line each; no secret is shown.
        """
        settings, faults = read_settings(environ)
        if faults:
            raise SettingsError("\n".join(faults.values()))
        return settings

    @property
    def on_postgresql(self) -> bool:
        """Whether the store is on PostgreSQL, and so may have several replicas before it."""
        return self.store_url().startswith("postgresql")

    @property
    def replicated(self) -> bool:
        """Whether several machines share a store and count together, so that each understands what others signed."""
        return self.on_postgresql and self.redis_url is not None

    @property
    def redis_host(self) -> str | None:
        """Where Redis is, without user and password; None where there is none."""
        return None if self.redis_url is None else urlsplit(self.redis_url).hostname or ""

    def store_url(self) -> str:
        """Return the address of the store's database, with the driver that we use.

        :raises SettingsError: if it is of no database that is supported.
        """
        if self.database_url is None:
            return f"sqlite:///{self.data / _SQLITE_FILE}"
        scheme, _, rest = values.database("FAQBOT_DATABASE_URL", self.database_url).partition("://")
        return f"{values.DRIVERS[scheme.partition('+')[0]]}://{rest}"

    def signing_key(self) -> str:
        """Return the secret key, making it and keeping it in the data folder the first time.

        :raises SettingsError: if there is none, and the data folder cannot be written, or there are several machines:
            each would make a key of its own, and understand no session or context of the others.
        """
        if self.secret_key:
            return self.secret_key
        if self.replicated:
            raise SettingsError(
                "FAQBOT_SECRET_KEY is needed with PostgreSQL and Redis, the same on every machine, or "
                "FAQBOT_SECRET_KEY_FILE; "
                f"{HOW_TO_MAKE}; the key of before, if there was one, is in {self.data}"
            )
        return kept_key(self.data)


def read_settings(environ: Mapping[str, str]) -> tuple[Settings, Mapping[str, str]]:
    """Read the settings as far as they can be used, and what is wrong with the others, by variable."""
    found = read_variables(environ)
    return Settings(**found.values), found.faults
