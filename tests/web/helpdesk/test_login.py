"""Logging in, staying in, and being put out."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.store import Store
from faqbot.web.app import create_app
from faqbot.web.helpdesk.access import is_inside
from faqbot.web.helpdesk.login import ATTEMPTS_BY_NAME
from faqbot.web.helpdesk.session import COOKIE, LONGEST_SESSION
from tests.conftest import DATA
from tests.web.helpdesk.conftest import PASSWORD, Visitor


def is_out(visitor: Visitor) -> bool:
    """Tell whether nobody is logged in."""
    return visitor.get("/helpdesk/").headers.get("Location", "").startswith("/helpdesk/login")


def test_who_is_not_logged_in_is_sent_there_and_back(visitor: Visitor) -> None:
    response = visitor.get("/helpdesk/tickets/1?draft=x")
    assert response.status_code == 303
    login = response.headers["Location"]
    assert visitor.send(login, name="lan", password=PASSWORD).headers["Location"] == "/helpdesk/tickets/1?draft=x"


def test_the_right_password_opens_the_inbox(visitor: Visitor) -> None:
    assert visitor.log_in("lan").headers["Location"] == "/helpdesk/"
    assert "lan" in visitor.get("/helpdesk/").text
    assert visitor.get("/helpdesk/login").headers["Location"] == "/helpdesk/"


@pytest.mark.parametrize(("name", "password"), [("lan", "wrong"), ("nobody", PASSWORD), ("", ""), ("' OR 1=1 --", "x")])
def test_a_wrong_name_or_password_is_refused_alike(visitor: Visitor, name: str, password: str) -> None:
    response = visitor.log_in(name, password)
    assert response.status_code == 422
    assert "Name or password is wrong" in response.text
    assert is_out(visitor)


def test_a_name_is_shown_as_text(visitor: Visitor) -> None:
    assert "&lt;b&gt;&#34;" in visitor.log_in('<b>"', "x").text


def test_the_cookie_is_kept_from_scripts_http_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.log_in("lan").headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/helpdesk"} <= set(cookie.split("; "))


def test_logging_out_ends_the_session(agent: Visitor) -> None:
    assert agent.send("/helpdesk/", to="/helpdesk/logout").headers["Location"] == "/helpdesk/login"
    assert is_out(agent)


@pytest.mark.parametrize("change", ["password", "role", "removal"])
def test_a_session_ends_with_the_password_the_role_and_the_user(agent: Visitor, store: Store, change: str) -> None:
    if change == "removal":
        store.users.remove("lan")
    else:
        store.users.put("lan", Role.ADMIN if change == "role" else Role.AGENT, PASSWORD)
    assert is_out(agent)


def test_a_session_ends_after_some_hours_whatever_is_done(agent: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    monkeypatch.setattr("faqbot.web.helpdesk.session.time.time", lambda: begun + LONGEST_SESSION - 60)
    assert not is_out(agent)
    monkeypatch.setattr("faqbot.web.helpdesk.session.time.time", lambda: begun + LONGEST_SESSION + 1)
    assert is_out(agent)


@pytest.mark.parametrize("forged", ["x", "eyJ1c2VyIjoxfQ.aaaaaa.bbbbbb", ""])
def test_a_forged_cookie_logs_nobody_in(app: Flask, store: Store, forged: str) -> None:
    client = app.test_client()
    client.set_cookie(COOKIE, forged, path="/helpdesk")
    assert is_out(Visitor(client))


def test_a_cookie_signed_with_another_key_logs_nobody_in(tmp_path: Path, app: Flask, store: Store) -> None:
    other = create_app(Settings(knowledge=DATA / "library", data=tmp_path, secret_key="another key altogether"))
    serializer = other.session_interface.get_signing_serializer(other)  # type: ignore[attr-defined]
    assert isinstance(serializer, URLSafeTimedSerializer)
    client = app.test_client()
    value = serializer.dumps({"user": 1, "epoch": 0, "since": int(time.time())})
    client.set_cookie(COOKIE, str(value), path="/helpdesk")
    assert is_out(Visitor(client))


def test_too_many_attempts_on_a_name_have_to_wait(visitor: Visitor) -> None:
    for _ in range(int(ATTEMPTS_BY_NAME.partition("/")[0])):
        assert visitor.log_in("lan", "wrong").status_code == 422
    response = visitor.log_in(" LAN ")
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert "Too many attempts" in response.text
    assert visitor.log_in("hoa").status_code == 303


def test_too_many_attempts_from_an_address_have_to_wait(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faqbot.web.helpdesk.login.ATTEMPTS_BY_ADDRESS", "2/hour")
    assert [visitor.log_in(name, "wrong").status_code for name in ("a", "b", "c")] == [422, 422, 429]


@pytest.mark.parametrize("path", ["/helpdesk/login", "/helpdesk/logout", "/helpdesk/tickets/1/reply"])
@pytest.mark.parametrize("token", [None, "", "forged", "IjEyMyI.aaaa.bbbb"])
def test_a_form_without_its_token_does_nothing(agent: Visitor, path: str, token: str | None) -> None:
    response = agent.post(path, text="hello", **({} if token is None else {"csrf_token": token}))
    assert response.status_code == 400
    assert "out of date" in response.text
    assert not is_out(agent)


def test_the_token_of_somebody_else_is_none(as_role: Callable[[Role], Visitor]) -> None:
    page = as_role(Role.EDITOR).get("/helpdesk/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert as_role(Role.AGENT).post("/helpdesk/logout", csrf_token=token[1]).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "https://evil.example/helpdesk",
        "/helpdesk//evil",
        "/helpdesk/\\evil",
        "/helpdesk/\n",
        "/api",
        "",
    ],
)
def test_nobody_is_led_out_of_the_console(visitor: Visitor, path: str) -> None:
    assert not is_inside(path)
    response = visitor.client.post("/helpdesk/login", query_string={"next": path})
    assert response.status_code == 400


def test_a_login_that_names_another_site_ends_in_the_inbox(visitor: Visitor) -> None:
    response = visitor.send("/helpdesk/login?next=//evil.example", name="lan", password=PASSWORD)
    assert response.headers["Location"] == "/helpdesk/"


@pytest.mark.parametrize(
    ("origin", "warned"),
    [
        ("http://localhost:8000", False),
        ("http://127.0.0.1", False),
        ("https://faqbot.example", False),
        ("http://faqbot.example:8000", True),
    ],
)
def test_the_form_says_where_browsers_keep_no_session(visitor: Visitor, origin: str, warned: bool) -> None:
    page = visitor.client.get("/helpdesk/login?lang=en", base_url=origin).text
    assert ("not using HTTPS" in page) == warned


def test_over_https_forms_work_without_a_referrer(app: Flask, store: Store) -> None:
    client = app.test_client()
    page = client.get("/helpdesk/login", base_url="https://faqbot.example").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    fields = {"csrf_token": token[1], "name": "lan", "password": PASSWORD}
    assert client.post("/helpdesk/login", data=fields, base_url="https://faqbot.example").status_code == 303
