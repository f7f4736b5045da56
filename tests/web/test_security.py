"""Every response tells browsers what no page of ours needs."""

import re
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.conftest import DATA

REQUESTS = [
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("OPTIONS", "/api/chat", 200),
    ("POST", "/", 422),
    ("GET", "/kb/guide", 200),
    ("GET", "/kb/guide/hours", 200),
    ("GET", "/kb/guide/cellar", 404),
    ("GET", "/static/style.css", 200),
    ("GET", "/widget.js", 200),
    ("GET", "/static/nothing", 404),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/api/search?q=books", 200),
    ("GET", "/api/search", 422),
    ("GET", "/api/chat", 405),
    ("POST", "/api/chat", 415),
]


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_every_response_has_the_headers(client: FlaskClient, method: str, path: str, status: int) -> None:
    with client.open(path, method=method) as response:
        assert response.status_code == status
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none';")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_even_a_failure_has_them(tmp_path: Path, accept: str) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path))
    app.add_url_rule("/fails", view_func=lambda: str(1 // 0))
    response = app.test_client().get("/fails", headers={"Accept": accept})
    assert response.status_code == 500
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "rule", ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'", "style-src 'self'"]
)
def test_nothing_runs_or_frames_a_page_but_its_own(client: FlaskClient, rule: str) -> None:
    rules = client.get("/").headers["Content-Security-Policy"].split("; ")
    assert rule in rules
    assert not any("unsafe" in each or "*" in each for each in rules)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_the_other_headers_are_strict(client: FlaskClient, name: str, value: str) -> None:
    assert client.get("/").headers[name] == value


@pytest.mark.parametrize(
    ("path", "kept"), [("/api/search?q=books", "no-store"), ("/api/nowhere", "no-store"), ("/", "no-cache")]
)
def test_no_reply_is_kept(client: FlaskClient, path: str, kept: str) -> None:
    assert client.get(path).headers["Cache-Control"] == kept


def test_a_view_may_say_otherwise(tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path))
    own = {"Cache-Control": "max-age=60", "X-Frame-Options": "SAMEORIGIN"}
    app.add_url_rule("/own", view_func=lambda: Response("text", headers=own))
    headers = app.test_client().get("/own").headers
    assert {name: headers[name] for name in own} == own


def test_no_cookie_is_set(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.post("/", data={"message": "xin chào"}).headers


def test_no_address_is_without_a_policy(client: FlaskClient) -> None:
    for rule in client.application.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        for method in sorted(rule.methods or ()):
            with client.open(path, method=method, headers={"Accept": "text/html"}) as response:
                assert response.status_code < 500
                assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; "), (method, path)


def test_html_that_a_page_shows_is_sanitised_there(client: FlaskClient) -> None:
    page = client.application.jinja_env.from_string("{{ html|sanitised }}")
    assert page.render(html="<p>well</p><script>alert(1)</script>") == "<p>well</p>"
