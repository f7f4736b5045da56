"""The file of targets is read whole, and every fault of it is named."""

from pathlib import Path

import pytest

from faqbot.errors import SettingsError
from faqbot.outgoing.event import Event
from faqbot.outgoing.target import Kind, Target
from faqbot.settings import Settings
from faqbot.settings.target_file import read_targets

SECRET = "correct horse battery"
PLAIN = f"- name: crm\n  url: https://crm.example.org/hook?x=1\n  secret: {SECRET}\n"
ZAMMAD = """- name: desk
  kind: zammad
  url: https://desk.example.org
  token: abc
  group: Hỗ trợ
  customer: lan@example.org
"""


def read(tmp_path: Path, text: str, **environ: str) -> tuple[Target, ...]:
    path = tmp_path / "webhooks.yaml"
    path.write_text(text, "utf-8")
    return read_targets(path, environ)


def faults(tmp_path: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_a_plain_target_is_told_everything(tmp_path: Path) -> None:
    assert read(tmp_path, PLAIN) == (
        Target("crm", Kind.PLAIN, "https://crm.example.org/hook?x=1", tuple(Event), SECRET),
    )


def test_a_preset_is_sent_to_its_endpoint_and_told_of_new_tickets(tmp_path: Path) -> None:
    target = read(tmp_path, ZAMMAD)[0]
    assert (target.url, target.events) == ("https://desk.example.org/api/v1/tickets", (Event.CREATED,))
    assert (target.group, target.customer) == ("Hỗ trợ", "lan@example.org")
    whole = ZAMMAD.replace("example.org\n  token", "example.org/api/v1/tickets\n  token")
    assert read(tmp_path, whole)[0].url == target.url


def test_a_group_of_freshdesk_is_a_number(tmp_path: Path) -> None:
    freshdesk = ZAMMAD.replace("zammad", "freshdesk")
    assert read(tmp_path, freshdesk.replace("Hỗ trợ", "51000"))[0].group == "51000"
    assert "number of a group" in faults(tmp_path, freshdesk)


def test_a_secret_may_lie_in_a_variable_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n", "utf-8")
    by_file = PLAIN.replace(f"secret: {SECRET}", f"secret_file: {tmp_path / 'secret'}")
    by_variable = PLAIN.replace(f"secret: {SECRET}", "secret_env: CRM_SECRET")
    assert read(tmp_path, by_file)[0].secret == read(tmp_path, by_variable, CRM_SECRET=SECRET)[0].secret == SECRET


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    assert SECRET not in repr(read(tmp_path, PLAIN))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "[::1]", "[fe80::1]", "[::ffff:10.0.0.1]"]
)
def test_a_private_address_is_allowed_only_where_that_is_said(tmp_path: Path, host: str) -> None:
    private = PLAIN.replace("https://crm.example.org", f"http://{host}:8080")
    assert "allow_private" in faults(tmp_path, private)
    assert read(tmp_path, f"{private}  allow_private: true\n")[0].allow_private


def test_a_secret_does_not_travel_without_tls(tmp_path: Path) -> None:
    assert "https:// is needed" in faults(tmp_path, PLAIN.replace("https:", "http:"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: crm", "name: CRM!", "lower-case"),
        ("  url: https://crm.example.org/hook?x=1\n", "", "needs url"),
        ("https://crm.example.org/hook?x=1", "ftp://crm.example.org", "https://host/path"),
        ("https://crm.example.org/hook?x=1", "https://u:p@crm.example.org", "https://host/path"),
        ("https://crm.example.org/hook?x=1", "https://crm.example.org:99999", "https://host/path"),
        (f"  secret: {SECRET}\n", "", "one of secret, secret_env and secret_file"),
        (SECRET, "short", "too short"),
        (SECRET, "change-me-please-now", "stands in examples"),
        (SECRET, "1234567890123456", "must be a text; put it in quotes"),
        (SECRET, "mật khẩu rất là dài", "ASCII"),
        (f"secret: {SECRET}", "secret_env: NOT_SET", "names a variable that is not set"),
        (f"secret: {SECRET}", "secret_file: /nowhere/secret", "cannot be read"),
        (f"secret: {SECRET}", "secret_file: /dev/null", "is empty"),
        ("name: crm", "name: crm\n  colour: red", "key 'colour'"),
        ("name: crm", "name: crm\n  kind: jira", "allowed are plain, zammad, freshdesk"),
        ("name: crm", "name: crm\n  events: [ticket.lost]", "allowed are ticket.created"),
        ("name: crm", "name: crm\n  events: ticket.created", "must be a list"),
        ("name: crm", "name: crm\n  allow_private: please", "true or false"),
        ("name: crm", "name: crm\n  name: crm", "twice"),
        ("- name: crm", "- just text\n- name: crm", "must be a mapping"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    said = faults(tmp_path, PLAIN.replace(old, new))
    assert expected in said
    assert "webhooks.yaml:" in said
    assert SECRET not in said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  group: Hỗ trợ\n", "needs a group"),
        ("  customer: lan@example.org\n", "needs a customer"),
        ("  token: abc\n", "one of token"),
    ],
)
def test_a_preset_needs_what_its_program_needs(tmp_path: Path, line: str, expected: str) -> None:
    assert expected in faults(tmp_path, ZAMMAD.replace(line, ""))


@pytest.mark.parametrize("line", ["secret: *{}", "secret_env: {}", "secret_file: {}", "secret: [{}]", "secret: {}: x"])
def test_a_secret_that_is_written_wrongly_is_not_shown(tmp_path: Path, line: str) -> None:
    secret = "0xB4tt3ryH0rseStaple"
    assert secret not in faults(tmp_path, PLAIN.replace(f"secret: {SECRET}", line.format(secret)))


def test_an_address_whose_query_may_hold_a_token_is_not_shown(tmp_path: Path) -> None:
    assert "crm.example.org" not in repr(read(tmp_path, PLAIN))


def test_a_preset_is_not_told_what_it_cannot_take(tmp_path: Path) -> None:
    assert "only about ticket.created" in faults(tmp_path, f"{ZAMMAD}  events: [ticket.solved]\n")


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    said = faults(tmp_path, PLAIN + PLAIN + ZAMMAD.replace("  token: abc\n", ""))
    assert "two targets 'crm'" in said
    assert "one of token" in said


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    assert "list of targets" in faults(tmp_path, "name: crm\n")
    assert "YAML" in faults(tmp_path, "- [\n")
    assert read(tmp_path, "") == ()


def test_the_setting_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "webhooks.yaml"
    path.write_text(PLAIN, "utf-8")
    assert Settings.from_environ({"FAQBOT_WEBHOOKS": str(path)}).webhooks[0].name == "crm"
    with pytest.raises(SettingsError, match="FAQBOT_WEBHOOKS"):
        Settings.from_environ({"FAQBOT_WEBHOOKS": str(tmp_path / "missing.yaml")})
