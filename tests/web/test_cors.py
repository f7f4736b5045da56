"""Which pages of other origins may use the API."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.conftest import DATA

FRIEND = "https://friend.example"


def server(tmp_path: Path, *origins: str) -> FlaskClient:
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path, allowed_origins=origins)).test_client()


@pytest.mark.parametrize("path", ["/api/search?q=books", "/api/suggest", "/widget.js", "/api/search", "/api/none"])
def test_a_page_on_the_list_may_read_replies_and_errors(tmp_path: Path, path: str) -> None:
    response = server(tmp_path, FRIEND).get(path, headers={"Origin": FRIEND})
    assert response.headers["Access-Control-Allow-Origin"] == FRIEND
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://stranger.example",
        "http://friend.example",
        "https://friend.example:444",
        "https://xfriend.example",
        "null",
    ],
)
def test_a_page_that_is_not_on_the_list_may_not(tmp_path: Path, origin: str) -> None:
    response = server(tmp_path, FRIEND).get("/api/suggest", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", ["/", "/kb/guide", "/healthz", "/readyz", "/openapi.json", "/static/style.css"])
def test_nothing_but_the_api_and_the_widget_is_open(tmp_path: Path, path: str) -> None:
    with server(tmp_path, FRIEND).get(path, headers={"Origin": FRIEND}) as response:
        assert "Access-Control-Allow-Origin" not in response.headers


def test_without_a_list_there_is_no_other_origin(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/api/suggest", headers={"Origin": FRIEND}).headers


def test_a_star_stands_for_every_origin(tmp_path: Path) -> None:
    response = server(tmp_path, "*").get("/api/suggest", headers={"Origin": FRIEND})
    assert response.headers["Access-Control-Allow-Origin"] in ("*", FRIEND)


def preflight(client: FlaskClient, header: str) -> str:
    asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": header}
    return client.options("/api/chat", headers=asked).headers.get("Access-Control-Allow-Headers", "")


def test_json_may_be_posted_but_no_token_sent(tmp_path: Path) -> None:
    client = server(tmp_path, FRIEND)
    assert preflight(client, "content-type").lower() == "content-type"
    assert "authorization" not in preflight(client, "authorization").lower()


def test_a_page_may_see_when_to_try_again(tmp_path: Path) -> None:
    response = server(tmp_path, FRIEND).get("/api/suggest", headers={"Origin": FRIEND})
    assert response.headers["Access-Control-Expose-Headers"] == "Retry-After"
