"""What the operator sets, read once from the environment."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_data_path

from faqbot.errors import SettingsError
from faqbot.knowledge.loader import shipped_knowledge

_SECRET_KEY_FILE = "secret-key"
_SHORTEST_SECRET = 16
_ORIGIN = re.compile(r"https?://(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?")


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
    allowed_origins: tuple[str, ...] = ()
    """Web origins, such as ``https://example.com``, whose pages may use the API and the widget; ``*`` for every origin
    (``FAQBOT_ALLOWED_ORIGINS``, with commas or spaces between them)."""
    secret_key: str | None = field(default=None, repr=False)
    """Signs the conversation context (``FAQBOT_SECRET_KEY``); None: one is made and kept in the data folder."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; a variable that is missing or empty has its default.

        :raises SettingsError: if a value cannot be used.
        """
        values: dict[str, Path | str | tuple[str, ...]] = {}
        if knowledge := environ.get("FAQBOT_KNOWLEDGE"):
            values["knowledge"] = Path(knowledge)
        if data := environ.get("FAQBOT_DATA"):
            values["data"] = Path(data)
        if url := environ.get("FAQBOT_EMBEDDINGS_URL"):
            values["embeddings_url"] = url
        if model := environ.get("FAQBOT_EMBEDDINGS_MODEL"):
            values["embeddings_model"] = model
        if origins := environ.get("FAQBOT_ALLOWED_ORIGINS"):
            values["allowed_origins"] = _origins(origins)
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
