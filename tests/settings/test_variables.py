"""Variables may be empty, and secrets lie in files."""

from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.settings import Settings

SECRET = "correct horse battery"


@pytest.mark.parametrize(
    "name",
    [
        "FAQBOT_KNOWLEDGE",
        "FAQBOT_DATA",
        "FAQBOT_SECRET_KEY",
        "FAQBOT_SECRET_KEY_FILE",
        "FAQBOT_EMBEDDINGS_URL",
        "FAQBOT_EMBEDDINGS_MODEL",
        "FAQBOT_ALLOWED_ORIGINS",
        "FAQBOT_REDIS_URL",
        "FAQBOT_RATE_LIMIT",
        "FAQBOT_TRUSTED_PROXIES",
    ],
)
def test_an_empty_variable_counts_as_missing(name: str) -> None:
    assert Settings.from_environ({name: ""}) == Settings()


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"  {SECRET}\n", "utf-8")
    assert Settings.from_environ({"FAQBOT_SECRET_KEY_FILE": str(tmp_path / "key")}).signing_key() == SECRET


def test_the_file_comes_before_the_variable(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET, "utf-8")
    environ = {"FAQBOT_SECRET_KEY": "another secret of mine", "FAQBOT_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert Settings.from_environ(environ).secret_key == SECRET


@pytest.mark.parametrize("content", [None, b"\xff\xfe secret secret secret"])
def test_a_secret_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"^FAQBOT_SECRET_KEY_FILE: .*key cannot be read"):
        Settings.from_environ({"FAQBOT_SECRET_KEY_FILE": str(file)})


@pytest.mark.parametrize("content", ["", "\n", "short\n"])
def test_a_secret_file_with_too_little_in_it_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"too short|is empty"):
        Settings.from_environ({"FAQBOT_SECRET_KEY_FILE": str(tmp_path / "key")})


@pytest.mark.parametrize("put", ["{}", "/{}", "postgresql://bot:{}@db/faqbot", "no/folder/{}"])
def test_a_secret_put_where_its_file_should_be_named_is_not_shown(put: str) -> None:
    secret = "k3Jq8-zP0w_Tb5Xy" * 20
    with pytest.raises(SettingsError, match="FAQBOT_DATABASE_URL_FILE: the file that it names") as caught:
        Settings.from_environ({"FAQBOT_DATABASE_URL_FILE": put.format(secret)})
    assert secret not in str(caught.value)
