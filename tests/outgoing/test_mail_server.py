"""Mail is set by an address of the server, one of the sender and some of the team."""

import pytest

from faqbot.errors import SettingsError
from faqbot.outgoing.mail_server import MailServer, mail_server
from faqbot.settings import Settings


def test_without_an_address_there_is_no_mail() -> None:
    assert mail_server(None, None, None) is None


def test_the_parts_of_the_address_are_read() -> None:
    server = mail_server(
        "smtp://bot%40x:p%2Fw@mail.example.org:2525", "bot@example.org", "a@example.org, b@example.org"
    )
    team = ("a@example.org", "b@example.org")
    assert server == MailServer("mail.example.org", 2525, False, "bot@x", "p/w", "bot@example.org", team)
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(("scheme", "port"), [("smtp", 587), ("smtps", 465)])
def test_each_scheme_has_its_port(scheme: str, port: int) -> None:
    server = mail_server(f"{scheme}://mail.example.org", "bot@example.org", None)
    assert server is not None
    assert (server.port, server.secure, server.user, server.team) == (port, scheme == "smtps", None, ())


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://h:0",
        "smtp://h:x",
        "smtp://user@h",
        "smtp://h/p",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(SettingsError, match=r"FAQBOT_SMTP_URL: smtp://host:port"):
        mail_server(url, "bot@example.org", None)


@pytest.mark.parametrize(
    ("url", "sender", "team", "expected"),
    [
        (None, "bot@example.org", None, "need FAQBOT_SMTP_URL"),
        (None, None, "a@example.org", "need FAQBOT_SMTP_URL"),
        ("smtp://h", None, "a@example.org", "needs FAQBOT_MAIL_FROM"),
        ("smtp://h", "bot", None, "FAQBOT_MAIL_FROM has 'bot'"),
        ("smtp://h", "bot@example.org", "a@example.org,b", "FAQBOT_MAIL_TO has 'b'"),
    ],
)
def test_settings_that_do_not_fit_together_are_refused(
    url: str | None, sender: str | None, team: str | None, expected: str
) -> None:
    with pytest.raises(SettingsError, match=expected):
        mail_server(url, sender, team)


def test_the_settings_are_read_from_variables() -> None:
    environ = {"FAQBOT_SMTP_URL": "smtps://h", "FAQBOT_MAIL_FROM": "bot@example.org", "FAQBOT_MAIL_TO": "a@example.org"}
    assert Settings.from_environ(environ).mail == mail_server("smtps://h", "bot@example.org", "a@example.org")
