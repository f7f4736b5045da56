"""Each setting is read from its variable, within its bounds."""

from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.settings import Settings

SECRET = "correct horse battery"


def test_each_variable_is_read() -> None:
    environ = {
        "FAQBOT_KNOWLEDGE": "docs",
        "FAQBOT_DATA": "/var/faqbot",
        "FAQBOT_EMBEDDINGS_URL": "http://127.0.0.1:8080",
        "FAQBOT_EMBEDDINGS_MODEL": "bge-m3",
        "FAQBOT_ALLOWED_ORIGINS": "https://a.example",
        "FAQBOT_SECRET_KEY": SECRET,
        "OTHER": "x",
    }
    settings = Settings.from_environ(environ)
    assert settings == Settings(
        knowledge=Path("docs"),
        data=Path("/var/faqbot"),
        embeddings_url="http://127.0.0.1:8080",
        embeddings_model="bge-m3",
        secret_key=SECRET,
        allowed_origins=("https://a.example",),
    )


CHAT = {
    "FAQBOT_PUBLIC_URL": "https://faq.example.com/",
    "FAQBOT_SLACK_SIGNING_SECRET": SECRET,
    "FAQBOT_SLACK_BOT_TOKEN": "xoxb-a-long-token",
    "FAQBOT_SLACK_LANGUAGE": "vi",
    "FAQBOT_SLACK_SILENT": "yes",
    "FAQBOT_REPLIES_PER_MINUTE": "5",
}


def test_what_chat_programs_need_is_read() -> None:
    assert Settings.from_environ(CHAT) == Settings(
        public_url="https://faq.example.com",
        slack_signing_secret=SECRET,
        slack_bot_token="xoxb-a-long-token",
        slack_language="vi",
        slack_silent=True,
        replies_per_minute=5,
    )


@pytest.mark.parametrize("name", CHAT)
def test_what_chat_programs_need_may_be_empty(name: str) -> None:
    assert Settings.from_environ({name: ""}) == Settings()


@pytest.mark.parametrize("name", ["FAQBOT_SLACK_SIGNING_SECRET", "FAQBOT_SLACK_BOT_TOKEN"])
def test_secrets_of_slack_may_stand_in_files_and_are_not_shown(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("xoxb-of-a-file-0", "utf-8")
    settings = Settings.from_environ({f"{name}_FILE": str(tmp_path / "secret")})
    assert "xoxb-of-a-file-0" in (settings.slack_signing_secret, settings.slack_bot_token)
    assert "xoxb-of-a-file-0" not in repr(settings)


def test_a_token_that_slack_gave_may_be_short() -> None:
    assert Settings.from_environ({"FAQBOT_SLACK_BOT_TOKEN": "xoxb-1"}).slack_bot_token == "xoxb-1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQBOT_PUBLIC_URL", "faq.example.com"),
        ("FAQBOT_PUBLIC_URL", "ftp://faq.example.com"),
        ("FAQBOT_PUBLIC_URL", "https://user@faq.example.com"),
        ("FAQBOT_PUBLIC_URL", "https://faq.example.com/?x"),
        ("FAQBOT_PUBLIC_URL", "https://[::1"),
        ("FAQBOT_SLACK_SIGNING_SECRET", "short"),
        ("FAQBOT_SLACK_BOT_TOKEN", "xoxb-two words"),
        ("FAQBOT_SLACK_LANGUAGE", "fr"),
        ("FAQBOT_SLACK_SILENT", "maybe"),
        ("FAQBOT_REPLIES_PER_MINUTE", "0"),
        ("FAQBOT_REPLIES_PER_MINUTE", "-1"),
    ],
)
def test_what_chat_programs_cannot_use_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environ({name: value})


def test_what_watching_needs_is_read() -> None:
    environ = {
        "FAQBOT_METRICS_TOKEN": SECRET,
        "FAQBOT_LOG": "text",
        "FAQBOT_LOG_LEVEL": "warning",
        "FAQBOT_ACCESS_LOG": "yes",
    }
    settings = Settings.from_environ(environ)
    assert (settings.metrics_token, settings.log) == (SECRET, "text")
    assert (settings.log_level, settings.access_log) == ("warning", True)
    assert SECRET not in repr(settings)
    assert Settings.from_environ(dict.fromkeys(environ, "")) == Settings()


ROOM = {"FAQBOT_THREADS": "64", "FAQBOT_MOST_WAITING": "0", "FAQBOT_CLIENT_SECONDS": "600"}


def test_how_much_a_worker_takes_is_read() -> None:
    assert Settings.from_environ(ROOM) == Settings(threads=64, most_waiting=0, client_seconds=600)
    assert Settings.from_environ(dict.fromkeys(ROOM, "")) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQBOT_METRICS_TOKEN", "short"),
        ("FAQBOT_LOG", "xml"),
        ("FAQBOT_LOG_LEVEL", "loud"),
        ("FAQBOT_LOG_LEVEL", "INFO"),
        ("FAQBOT_ACCESS_LOG", "maybe"),
    ],
)
def test_what_watching_cannot_use_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environ({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQBOT_THREADS", "0"),
        ("FAQBOT_THREADS", "65"),
        ("FAQBOT_MOST_WAITING", "-1"),
        ("FAQBOT_MOST_WAITING", "10001"),
        ("FAQBOT_CLIENT_SECONDS", "0"),
        ("FAQBOT_CLIENT_SECONDS", "601"),
        ("FAQBOT_CLIENT_SECONDS", "1.5"),
    ],
)
def test_what_a_worker_cannot_take_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is '{value}'; a whole number from"):
        Settings.from_environ({name: value})
