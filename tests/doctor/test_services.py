"""The programs around faqbot are asked over real connections whether they are there."""

from functools import partial
from pathlib import Path

import pytest
import redis

from faqbot.doctor import services
from tests.channels.slack_api import TOKEN, SlackStandIn
from tests.doctor.looking import Look, levels, look
from tests.embeddings.endpoint import Endpoint
from tests.needs import missing
from tests.outside import PASSWORD, USER, Mailbox, Trust

REDIS = "redis://127.0.0.1:6379/9"
SECRET = "k3Jq8-zP0w_Tb5Xy"


@pytest.mark.parametrize(
    "check", [services.redis, services.embeddings, services.mail, services.webhooks, services.slack]
)
def test_what_is_not_set_is_not_looked_for(check: Look) -> None:
    assert look(check) == []


def test_a_redis_that_answers_is_well() -> None:
    try:
        redis.Redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        missing(f"there is no Redis at {REDIS}")
    assert levels(look(services.redis, REDIS_URL=REDIS)) == ["ok"]


def test_a_redis_that_is_not_there_is_a_fault_and_its_password_is_not_shown() -> None:
    found = look(services.redis, REDIS_URL=f"redis://:{SECRET}@127.0.0.1:1/0")
    assert levels(found) == ["fault"]
    assert found[0].found == "Redis at 127.0.0.1 does not answer (ConnectionError)"


def test_an_endpoint_that_compares_is_well(endpoint: Endpoint) -> None:
    found = look(services.embeddings, EMBEDDINGS_URL=endpoint.url)[0]
    assert "16 numbers in " in found.found
    assert [len(each) for each in endpoint.sent] == [1, 1]


def test_an_endpoint_that_fails_is_a_fault(endpoint: Endpoint) -> None:
    endpoint.answer = lambda texts: (500, b"no")
    assert levels(look(services.embeddings, EMBEDDINGS_URL=endpoint.url)) == ["fault"]


def mail(url: str, trust: Trust | None = None) -> list[str]:
    check = partial(services.mail, tls=trust.client if trust else None)
    return levels(look(check, SMTP_URL=url, MAIL_FROM="bot@example.org"))


def test_a_mail_server_that_lets_us_in_is_well_and_gets_nothing(guarded_mailbox: Mailbox, trust: Trust) -> None:
    password = PASSWORD.replace(" ", "%20")
    assert mail(f"smtp://{USER}:{password}@127.0.0.1:{guarded_mailbox.port}", trust) == ["ok"]
    assert mail(f"smtp://{USER}:wrong@127.0.0.1:{guarded_mailbox.port}", trust) == ["fault"]
    assert guarded_mailbox.raw == []


def test_a_mail_server_whose_certificate_is_not_trusted_is_a_fault(guarded_mailbox: Mailbox) -> None:
    assert mail(f"smtp://{USER}:wrong@127.0.0.1:{guarded_mailbox.port}") == ["fault"]


def test_a_mail_server_that_is_not_there_is_a_fault() -> None:
    assert mail("smtp://127.0.0.1:1") == ["fault"]


@pytest.mark.parametrize(
    ("url", "allowed", "expected"),
    [
        ("http://127.0.0.1/hook", "true", "ok"),
        (f"https://{'a' * 64}.example/hook", "false", "fault"),
        ("https://8.8.8.8/hook", "false", "ok"),
    ],
)
def test_a_target_has_an_address(tmp_path: Path, url: str, allowed: str, expected: str) -> None:
    file = tmp_path / "webhooks.yaml"
    file.write_text(f"- name: crm\n  url: {url}\n  secret: {SECRET}\n  allow_private: {allowed}\n", "utf-8")
    assert levels(look(services.webhooks, WEBHOOKS=file)) == [expected]


def test_a_name_that_leads_to_a_private_address_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "webhooks.yaml"
    file.write_text(f"- name: crm\n  url: https://crm.example\n  secret: {SECRET}\n", "utf-8")
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.5", 0))])
    found = look(services.webhooks, WEBHOOKS=file)
    assert (levels(found), found[0].found) == (["fault"], "crm.example leads to the private address 10.0.0.5")


def asked(api: str, **environ: str) -> list[str]:
    return levels(look(partial(services.slack, api=api), **environ))


def test_slack_knows_its_own_token_alone(slack: SlackStandIn) -> None:
    assert asked(slack.api, SLACK_SIGNING_SECRET=SECRET, SLACK_BOT_TOKEN=TOKEN) == ["ok"]
    assert asked(slack.api, SLACK_SIGNING_SECRET=SECRET, SLACK_BOT_TOKEN="xoxb-of-somebody-else") == ["fault"]


def test_a_slack_that_cannot_be_reached_from_here_is_only_a_warning() -> None:
    assert asked("http://127.0.0.1:1/api/", SLACK_SIGNING_SECRET=SECRET, SLACK_BOT_TOKEN=TOKEN) == ["warning"]


def test_the_secrets_of_slack_work_only_together() -> None:
    nowhere = "http://127.0.0.1:1/api/"
    assert asked(nowhere, SLACK_SIGNING_SECRET=SECRET) == ["fault"]
    assert asked(nowhere, SLACK_BOT_TOKEN=TOKEN) == ["fault", "warning"]
