"""What the operator set is understood, and slips of the pen are seen."""

import os

import pytest

from faqbot.doctor import environment
from tests.doctor.looking import levels, look

SECRET = "k3Jq8-zP0w_Tb5Xy"


def test_the_program_is_named() -> None:
    found = look(environment.program)[0]
    assert "Python 3." in found.found
    assert found.level == ("warning" if os.geteuid() == 0 else "ok")


def test_every_setting_that_cannot_be_used_is_a_fault() -> None:
    found = look(environment.values, RETENTION_DAYS="0", SECRET_KEY="short", RATE_LIMIT="5/hour")
    assert levels(found) == ["fault", "fault"]
    assert [each.where for each in found] == ["FAQBOT_RETENTION_DAYS", "FAQBOT_SECRET_KEY"]


def test_settings_that_can_be_used_are_counted() -> None:
    assert [each.found for each in look(environment.values, RATE_LIMIT="5/hour")] == ["1 set, and all can be used"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("DATABSE_URL", "did you mean FAQBOT_DATABASE_URL?"),
        ("SECRET_KEYFILE", "did you mean FAQBOT_SECRET_KEY_FILE?"),
        ("CONTACT_IV", "did you mean FAQBOT_CONTACT_VI?"),
        ("MOON_PHASE", "see the table of settings in the README, or take it out"),
    ],
)
def test_a_name_that_means_nothing_is_seen(name: str, advice: str) -> None:
    found = look(environment.names, **{name: "x"})
    assert levels(found) == ["warning"]
    assert (found[0].where, found[0].advice) == (f"FAQBOT_{name}", advice)


def test_names_that_mean_something_are_nothing_to_speak_of() -> None:
    known = {"CONTACT_VI": "0123", "SMTP_URL_FILE": "/nowhere", "MAIL_TO": "a@example.org", "SLACK_SILENT": "yes"}
    assert look(environment.names, **known) == []


def test_a_variable_beside_its_file_is_seen() -> None:
    found = look(environment.names, SECRET_KEY=SECRET, SECRET_KEY_FILE="/nowhere")
    assert (levels(found), found[0].where) == (["warning"], "FAQBOT_SECRET_KEY")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "ok"),
        ({"SECRET_KEY": SECRET}, "ok"),
        ({"DATABASE_URL": "postgresql://db.example/faqbot"}, "warning"),
        ({"DATABASE_URL": "postgresql://db.example/faqbot", "REDIS_URL": "redis://redis.example"}, "fault"),
        ({"DATABASE_URL": "postgresql://db.example/faqbot", "SECRET_KEY": SECRET}, "ok"),
    ],
)
def test_replicas_need_a_key_that_they_share(environ: dict[str, str], expected: str) -> None:
    assert levels(look(environment.secret_key, **environ)) == [expected]
