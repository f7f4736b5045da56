"""No secret is ever shown: in no error, no finding, and not in the settings themselves."""

import os
import string
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faqbot.cli import main
from faqbot.doctor import environment, exposure, folders, services, store
from faqbot.doctor.examine import examine, installation
from faqbot.doctor.finding import Check
from faqbot.settings import read_settings
from tests.conftest import DATA
from tests.web.server.running import served

SECRET = "k3Jq8zP0wTb5Xy7"
SECRETS = st.text(string.ascii_letters + string.digits + "_-.~!$*", min_size=12, max_size=58).map("7Q{}".format)
"""Beginning as no word does that may be shown."""
WRITTEN = {
    "FAQBOT_SECRET_KEY": ["{}"],
    "FAQBOT_METRICS_TOKEN": ["{}"],
    "FAQBOT_SLACK_SIGNING_SECRET": ["{}"],
    "FAQBOT_SLACK_BOT_TOKEN": ["{}", "xoxb-{}"],
    "FAQBOT_DATABASE_URL": [
        "{}",
        "postgresql://bot:{}@127.0.0.1:1/db",
        "postgresql://bot:{}@127.0.0.1:port/db",
        "postgresql://127.0.0.1:1/db?password={}",
        "mysql://bot:{}@127.0.0.1/db",
        "{}://127.0.0.1/db",
    ],
    "FAQBOT_REDIS_URL": ["{}", "redis://:{}@127.0.0.1:1/0", "rediss://u:{}@127.0.0.1:port", "http://u:{}@127.0.0.1"],
    "FAQBOT_SMTP_URL": ["{}", "smtp://bot:{}@127.0.0.1:1", "smtp://bot:{}@127.0.0.1:port", "imap://bot:{}@127.0.0.1"],
    "FAQBOT_EMBEDDINGS_URL": ["http://bot:{}@127.0.0.1:1", "http://127.0.0.1:1/?key={}"],
    "FAQBOT_PUBLIC_URL": ["https://bot:{}@faq.example.com", "https://faq.example.com?token={}"],
}
"""How a secret may be written, rightly and wrongly."""
REACHED_BY_NOTHING = {"postgresql://bot:{}@127.0.0.1:1/db", "postgresql://127.0.0.1:1/db?password={}"}
"""Those of the store's addresses that are written rightly."""
ENVIRONS = st.fixed_dictionaries({}, optional={name: st.sampled_from([*ways]) for name, ways in WRITTEN.items()}).map(
    lambda chosen: chosen | ({"FAQBOT_MAIL_FROM": "bot@example.org"} if "FAQBOT_SMTP_URL" in chosen else {})
)
LOOKS = {
    "environment": (environment.values, environment.names, environment.secret_key),
    "folders": (folders.data, folders.key_file, folders.sqlite),
    "store": (store.tables, store.admins, store.replicas),
    "services": (services.redis, services.embeddings, services.mail),
    "exposure": (exposure.public_url, exposure.proxies),
}
CHECKS = [Check(f"{name} {look.__name__}", look) for name, looks in LOOKS.items() for look in looks]


def written(environ: Mapping[str, str], secret: str, folder: Path, *, in_files: bool) -> dict[str, str]:
    """Return an environment with the secret in it, or in files that it names."""
    found = {name: way.format(secret) for name, way in environ.items()} | {"FAQBOT_DATA": str(folder / "data")}
    if not in_files:
        return found
    named = {}
    for name, text in found.items():
        if name in WRITTEN and not name.endswith(("EMBEDDINGS_URL", "PUBLIC_URL")):
            (folder / name).write_text(text, "utf-8")
            named[f"{name}_FILE"] = str(folder / name)
        else:
            named[name] = text
    return named


@settings(max_examples=60)
@given(environ=ENVIRONS, secret=SECRETS, in_files=st.booleans())
@example(environ={"FAQBOT_DATABASE_URL": "{}://127.0.0.1/db"}, secret="k3Jq8-zP0w_Tb5Xy", in_files=False)
def test_no_secret_is_shown(
    tmp_path_factory: pytest.TempPathFactory, environ: dict[str, str], secret: str, in_files: bool
) -> None:
    whole = written(environ, secret, tmp_path_factory.mktemp("written"), in_files=in_files)
    found, faults = read_settings(whole)
    assert secret not in f"{found!r} {dict(faults)}"
    assert secret not in repr(list(examine(installation(whole), CHECKS)))


@pytest.mark.parametrize("command", [["doctor"], ["doctor", "--json"], ["user", "list"], ["export"]])
@pytest.mark.parametrize("way", WRITTEN["FAQBOT_DATABASE_URL"])
def test_no_command_shows_the_password_of_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], way: str
) -> None:
    environ = {"FAQBOT_DATABASE_URL": way.format(SECRET), "FAQBOT_KNOWLEDGE": str(DATA / "library")}
    for name, text in {**environ, "FAQBOT_DATA": str(tmp_path)}.items():
        monkeypatch.setenv(name, text)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert SECRET not in result.output


@pytest.mark.parametrize("way", WRITTEN["FAQBOT_DATABASE_URL"])
def test_a_server_logs_no_password_of_the_store_whether_it_starts_or_not(tmp_path: Path, way: str) -> None:
    # An address that can be one, where nothing answers, keeps no server from starting.
    starts = way in REACHED_BY_NOTHING
    with (
        nullcontext() if starts else pytest.raises(AssertionError, match="FAQBOT_DATABASE_URL"),
        served(tmp_path, {"FAQBOT_DATABASE_URL": way.format(SECRET)}) as server,
    ):
        assert server.ask("giờ mở cửa")["message_id"]
        assert server.get("/readyz")["parts"]["store"]["status"] != "ok"
    [log] = tmp_path.glob("*.log")
    assert SECRET not in log.read_text("utf-8")


def test_the_variables_here_are_those_that_may_hold_a_secret() -> None:
    asked = installation(os.environ).asked
    files = {name.removesuffix("_FILE") for name in asked if name.endswith("_FILE")}
    assert files <= set(WRITTEN)
