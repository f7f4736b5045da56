"""The secret key that is made once, and kept in the data folder for its owner alone."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from faqbot.errors import SettingsError
from faqbot.settings.values import strong_secret

NAME = "secret-key"


def kept_key(folder: Path) -> str:
    """Return the key kept in a folder; the first time, make both.

    :raises SettingsError: if there is none and the folder cannot be written, or it is damaged.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(32))
        return strong_secret(str(path), path.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"no secret key can be kept in {path} ({error}); set FAQBOT_DATA to a folder that can be written, "
            "or FAQBOT_SECRET_KEY"
        ) from error


def _write_once(path: Path, content: str) -> None:
    """Create a file, whole at once, that only its owner can read; do nothing if there is one."""
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as file:
        file.write(content)
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)
