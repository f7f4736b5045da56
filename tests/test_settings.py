"""What the operator sets: read from the environment, checked once, secrets kept to their owner."""

from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.parametrize("key", ["x", "x" * 15, "đủ dài chưa nhỉ"])
def test_a_short_secret_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="FAQBOT_SECRET_KEY is too short: at least 16 characters") as caught:
        Settings.from_environ({"FAQBOT_SECRET_KEY": key})
    assert len(key) == 1 or key not in str(caught.value)


@pytest.mark.parametrize("content", ["", "\n", "short\n"])
def test_a_secret_file_with_too_little_in_it_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"too short|is empty"):
        Settings.from_environ({"FAQBOT_SECRET_KEY_FILE": str(tmp_path / "key")})


def test_a_secret_of_sixteen_characters_is_long_enough() -> None:
    key = "k3Jq8-zP0w_Tb5Xy"
    assert Settings.from_environ({"FAQBOT_SECRET_KEY": key}).signing_key() == key


@pytest.mark.parametrize("name", ["FAQBOT_SECRET_KEY", "FAQBOT_SLACK_SIGNING_SECRET"])
def test_a_secret_out_of_an_example_is_refused_and_one_is_told_how_to_make_a_good_one(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} stands in examples.*token_urlsafe\(32\)"):
        Settings.from_environ({name: "please-change-me-now"})


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


@pytest.mark.parametrize("put", ["{}", "/{}", "postgresql://bot:{}@db/faqbot", "no/folder/{}"])
def test_a_secret_put_where_its_file_should_be_named_is_not_shown(put: str) -> None:
    secret = "k3Jq8-zP0w_Tb5Xy" * 20
    with pytest.raises(SettingsError, match="FAQBOT_DATABASE_URL_FILE: the file that it names") as caught:
        Settings.from_environ({"FAQBOT_DATABASE_URL_FILE": put.format(secret)})
    assert secret not in str(caught.value)


def test_the_secret_is_not_shown() -> None:
    assert SECRET not in f"{Settings(secret_key=SECRET)!r} {Settings(secret_key=SECRET)}"


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Settings(data=tmp_path / "new" / "folder").signing_key()
    assert len(first) >= 32
    assert Settings(data=tmp_path / "new" / "folder").signing_key() == first


def test_every_data_folder_has_its_own_key(tmp_path: Path) -> None:
    assert Settings(data=tmp_path / "one").signing_key() != Settings(data=tmp_path / "two").signing_key()


def test_the_kept_key_is_its_owners_alone(tmp_path: Path) -> None:
    Settings(data=tmp_path).signing_key()
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [("secret-key", 0o600)]


def test_a_given_key_is_not_kept(tmp_path: Path) -> None:
    assert Settings(data=tmp_path, secret_key=SECRET).signing_key() == SECRET
    assert list(tmp_path.iterdir()) == []


def test_workers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Settings(data=tmp_path).signing_key(), range(32)))
    assert len(keys) == 1


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingsError, match=r"no secret key can be kept in .*; set FAQBOT_DATA"):
            Settings(data=folder).signing_key()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"\n", b"short"])
def test_a_kept_key_that_is_damaged_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(SettingsError, match="secret-key"):
        Settings(data=tmp_path).signing_key()


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


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("https://a.example", ("https://a.example",)),
        (" https://A.example/, http://localhost:8080 ,", ("https://a.example", "http://localhost:8080")),
        ("http://[::1]:80 http://127.0.0.1", ("http://[::1]:80", "http://127.0.0.1")),
        ("https://a.example https://a.example/", ("https://a.example",)),
        ("*", ("*",)),
    ],
)
def test_origins_are_read(text: str, origins: tuple[str, ...]) -> None:
    assert Settings.from_environ({"FAQBOT_ALLOWED_ORIGINS": text}).allowed_origins == origins


@pytest.mark.parametrize(
    "text", ["a.example", "https://a.example/chat", "https://*.example", "ftp://a.example", "null", "https://", "**"]
)
def test_what_is_not_an_origin_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"FAQBOT_ALLOWED_ORIGINS: .* is not an origin"):
        Settings.from_environ({"FAQBOT_ALLOWED_ORIGINS": text})


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "many", "٣", "36501", "1" * 5_000])
def test_days_that_cannot_be_kept_are_refused(days: str) -> None:
    with pytest.raises(SettingsError, match=r"FAQBOT_RETENTION_DAYS is .*from 1 to 36,500"):
        Settings.from_environ({"FAQBOT_RETENTION_DAYS": days})


def test_days_to_keep_are_read() -> None:
    assert Settings.from_environ({"FAQBOT_RETENTION_DAYS": "36500"}).retention_days == 36_500


@pytest.mark.parametrize(
    ("text", "limit"),
    [("60/minute", "60/minute"), (" 5 / second", "5 / second"), ("1000/hour", "1000/hour"), ("off", None)],
)
def test_a_limit_of_requests_is_read(text: str, limit: str | None) -> None:
    assert Settings.from_environ({"FAQBOT_RATE_LIMIT": text}).rate_limit == limit


@pytest.mark.parametrize("text", ["60", "0/minute", "-1/minute", "60/fortnight", "no", "60 per minute or so"])
def test_a_limit_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"FAQBOT_RATE_LIMIT is .*; write it as 60/minute"):
        Settings.from_environ({"FAQBOT_RATE_LIMIT": text})


def test_trusted_proxies_are_addresses_and_networks() -> None:
    settings = Settings.from_environ({"FAQBOT_TRUSTED_PROXIES": "10.0.0.5, 192.168.1.7/24 fd00::/8"})
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.5/32", "192.168.1.0/24", "fd00::/8"]


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.0/40", "*"])
def test_a_proxy_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"FAQBOT_TRUSTED_PROXIES: .* is no address"):
        Settings.from_environ({"FAQBOT_TRUSTED_PROXIES": text})


def test_redis_is_named_by_its_address_which_stays_secret() -> None:
    settings = Settings.from_environ({"FAQBOT_REDIS_URL": "redis://:secret@127.0.0.1:6379/1"})
    assert settings.redis_url == "redis://:secret@127.0.0.1:6379/1"
    assert "secret" not in repr(settings)
    with pytest.raises(SettingsError, match="FAQBOT_REDIS_URL: redis:// and rediss:// are supported"):
        Settings.from_environ({"FAQBOT_REDIS_URL": "http://127.0.0.1"})
