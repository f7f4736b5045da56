"""deploy/make-secrets makes what is missing, keeps what is there, and lets nobody else on the machine read it."""

from pathlib import Path

import pytest

from faqbot.settings import Settings
from tests.deploy.making import make_secrets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "secrets"


def test_faqbot_takes_what_is_made(folder: Path) -> None:
    made = make_secrets(folder)
    names = ("FAQBOT_DATABASE_URL", "FAQBOT_REDIS_URL", "FAQBOT_SECRET_KEY")
    files = ("database-url", "redis-url", "secret-key")
    environ = {f"{name}_FILE": str(folder / file) for name, file in zip(names, files, strict=True)}
    assert Settings.from_environ(environ).signing_key() == made["secret-key"]
    assert f":{made['database-password']}@" in made["database-url"]
    assert f":{made['redis-password']}@" in made["redis-url"]


def test_every_secret_is_another(folder: Path, tmp_path: Path) -> None:
    names = ("database-password", "redis-password", "secret-key")
    made = [each[name] for each in (make_secrets(folder), make_secrets(tmp_path / "others")) for name in names]
    assert len(set(made)) == 6
    assert {len(each) for each in made} == {64}


def test_what_is_there_stays(folder: Path) -> None:
    first = make_secrets(folder)
    assert make_secrets(folder) == first
    (folder / "redis-url").unlink()
    (folder / "secret-key").unlink()
    second = make_secrets(folder)
    assert {name for name in first if first[name] != second[name]} == {"secret-key"}


def test_only_the_owner_may_look_into_the_folder_and_containers_may_read_the_files(folder: Path) -> None:
    make_secrets(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o444}
