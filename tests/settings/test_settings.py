"""The settings of an installation: their defaults, all faults at once, and which key signs."""

from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.knowledge.loader import shipped_knowledge
from faqbot.settings import Settings, read_settings

SECRET = "correct horse battery"


def test_without_any_variable_everything_has_a_default() -> None:
    settings = Settings.from_environ({})
    assert (settings.knowledge, settings.secret_key) == (shipped_knowledge(), None)
    assert settings.data.name == "faqbot"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_machines_that_work_together_need_a_key_that_they_share(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}://faqbot@db.example/faqbot"
    with pytest.raises(
        SettingsError, match=r"^FAQBOT_SECRET_KEY is needed with PostgreSQL and Redis, the same on every machine"
    ):
        Settings(data=tmp_path, database_url=url, redis_url="redis://redis.example").signing_key()
    assert list(tmp_path.iterdir()) == []
    given = Settings(data=tmp_path, database_url=url, redis_url="redis://redis.example", secret_key=SECRET)
    assert given.signing_key() == SECRET


def test_one_machine_keeps_the_key_that_it_makes_on_postgresql_too(tmp_path: Path) -> None:
    alone = Settings(data=tmp_path, database_url="postgresql://faqbot@db.example/faqbot")
    assert alone.signing_key() == alone.signing_key() != ""


def test_all_that_cannot_be_used_is_named_at_once() -> None:
    environ = {
        "FAQBOT_RETENTION_DAYS": "0",
        "FAQBOT_SECRET_KEY": "short",
        "FAQBOT_MAIL_FROM": "bot@example.org",
        "FAQBOT_DATABASE_URL": "mysql://h/db",
        "FAQBOT_RATE_LIMIT": "off",
    }
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(environ)
    lines = str(caught.value).splitlines()
    assert [line.split()[0] for line in lines] == [
        "FAQBOT_DATABASE_URL",
        "FAQBOT_RETENTION_DAYS",
        "FAQBOT_MAIL_FROM",
        "FAQBOT_SECRET_KEY",
    ]


def test_what_can_be_used_is_read_beside_what_cannot() -> None:
    settings, faults = read_settings({"FAQBOT_RETENTION_DAYS": "0", "FAQBOT_RATE_LIMIT": "5/hour"})
    assert (settings.rate_limit, settings.retention_days, list(faults)) == ("5/hour", 90, ["FAQBOT_RETENTION_DAYS"])


def test_the_secret_is_not_shown() -> None:
    assert SECRET not in f"{Settings(secret_key=SECRET)!r} {Settings(secret_key=SECRET)}"


def test_a_given_key_is_not_kept(tmp_path: Path) -> None:
    assert Settings(data=tmp_path, secret_key=SECRET).signing_key() == SECRET
    assert list(tmp_path.iterdir()) == []
