"""What a text of a setting means, and which texts are refused."""

import pytest

from faqbot.errors import SettingsError
from faqbot.settings import Settings


@pytest.mark.parametrize("key", ["x", "x" * 15, "đủ dài chưa nhỉ"])
def test_a_short_secret_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="FAQBOT_SECRET_KEY is too short: at least 16 characters") as caught:
        Settings.from_environ({"FAQBOT_SECRET_KEY": key})
    assert len(key) == 1 or key not in str(caught.value)


def test_a_secret_of_sixteen_characters_is_long_enough() -> None:
    key = "k3Jq8-zP0w_Tb5Xy"
    assert Settings.from_environ({"FAQBOT_SECRET_KEY": key}).signing_key() == key


@pytest.mark.parametrize("name", ["FAQBOT_SECRET_KEY", "FAQBOT_SLACK_SIGNING_SECRET"])
def test_a_secret_out_of_an_example_is_refused_and_one_is_told_how_to_make_a_good_one(name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} stands in examples.*token_urlsafe\(32\)"):
        Settings.from_environ({name: "please-change-me-now"})


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
