"""What the operator sets, read once from the environment."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from platformdirs import user_data_path

from faqbot.errors import SettingsError
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.language.pack import LANGUAGES

_SECRET_KEY_FILE = "secret-key"
_SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a server. ``README.md`` lists them for operators."""

    knowledge: Path = field(default_factory=shipped_knowledge)
    """Folder of the knowledge, or a single Markdown file (``FAQBOT_KNOWLEDGE``)."""
    data: Path = field(default_factory=lambda: user_data_path("faqbot"))
    """Folder for what outlives the process (``FAQBOT_DATA``)."""
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
    secret_key: str | None = field(default=None, repr=False)
    """Signs the conversation context (``FAQBOT_SECRET_KEY``); None: one is made and kept in the data folder."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; a variable that is missing or empty has its default.

        :raises SettingsError: if a value cannot be used.
        """
        values: dict[str, object] = {}
        if knowledge := environ.get("FAQBOT_KNOWLEDGE"):
            values["knowledge"] = Path(knowledge)
        if data := environ.get("FAQBOT_DATA"):
            values["data"] = Path(data)
        if url := environ.get("FAQBOT_EMBEDDINGS_URL"):
            values["embeddings_url"] = url
        if model := environ.get("FAQBOT_EMBEDDINGS_MODEL"):
            values["embeddings_model"] = model
        values |= _chat(environ)
        key = _secret(environ, "FAQBOT_SECRET_KEY")
        if key is not None:
            values["secret_key"] = _long_enough(key, "FAQBOT_SECRET_KEY")
        return cls(**values)  # type: ignore[arg-type]

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
        values["replies_per_minute"] = _count(most, "FAQBOT_REPLIES_PER_MINUTE")
    return values


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


def _count(value: str, name: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 7 and int(value) > 0):
        raise SettingsError(f"{name} is {value!r}; a whole number from 1 is allowed")
    return int(value)


def _secret(environ: Mapping[str, str], name: str) -> str | None:
    """Read a secret from a variable, or from the file that the variable's ``_FILE`` twin names."""
    file = environ.get(f"{name}_FILE")
    if not file:
        return environ.get(name) or None
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}_FILE: {file} cannot be read ({error})") from error


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
