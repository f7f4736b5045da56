"""Errors are problem+json; a person's browser gets a page."""

import json
import logging
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from faqbot.errors import FaqbotError, QuestionError, SettingsError
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.problem import problem
from tests.conftest import DATA

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Brief(HTTPException):
    """An error that says nothing but its status."""

    code = HTTPStatus.CONFLICT


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path))


def failing(app: Flask, error: Exception) -> FlaskClient:
    """Add a view that fails."""

    @app.get("/fails")
    def fails() -> str:
        raise error

    return app.test_client()


def test_a_problem_has_the_four_fields(client: FlaskClient) -> None:
    response = client.get("/api/nowhere")
    assert response.mimetype == "application/problem+json"
    assert response.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": response.get_json()["detail"],
    }
    assert response.get_json()["detail"]


def test_a_detail_may_be_in_any_language(app: Flask) -> None:
    with app.app_context():
        response = problem(HTTPStatus.IM_A_TEAPOT, 'không có "cà phê"')
    assert (response.status_code, response.mimetype) == (418, "application/problem+json")
    assert json.loads(response.get_data())["detail"] == 'không có "cà phê"'


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/problem+json", "image/png", "text/plain", "x"]
)
def test_a_program_gets_an_unknown_page_as_a_problem(client: FlaskClient, accept: str) -> None:
    response = client.get("/nowhere", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/nowhere", "/kb/cellar", "/kb/guide/cellar?lang=en", "/static/nothing.css"])
def test_a_browser_gets_an_unknown_page_as_a_page(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER, "Accept-Language": "en"})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "There is no such page." in response.text


def test_the_api_answers_a_browser_with_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/nowhere", headers={"Accept": BROWSER})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_a_page_that_is_not_there_does_not_repeat_its_address(client: FlaskClient) -> None:
    for accept in (BROWSER, "application/json"):
        text = client.get("/<script>alert(1)</script>", headers={"Accept": accept}).text
        assert "alert" not in text


def test_too_large_a_form_for_an_unknown_page_is_no_fault_of_the_server(client: FlaskClient) -> None:
    response = client.post("/nowhere", data={"message": "x" * 70_000}, headers={"Accept": BROWSER})
    assert response.status_code in (404, 413)


def test_too_large_a_form_is_refused(client: FlaskClient) -> None:
    response = client.post("/", data={"message": "x" * 70_000})
    assert (response.status_code, response.mimetype) == (413, "application/problem+json")


def test_another_method_is_refused_with_those_that_are_allowed(client: FlaskClient) -> None:
    response = client.delete("/kb/guide")
    assert (response.status_code, response.get_json()["title"]) == (405, "Method Not Allowed")
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))


def test_a_question_that_cannot_be_asked_says_why(app: Flask) -> None:
    response = failing(app, QuestionError("the message is empty")).get("/fails")
    assert (response.status_code, response.get_json()["detail"]) == (422, "the message is empty")


@pytest.mark.parametrize(
    "error", [SettingsError("/secret/place"), FaqbotError("/secret/place"), ValueError("/secret/place")]
)
def test_a_fault_of_the_server_is_logged_without_its_text_and_not_shown(
    app: Flask, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    response = failing(app, error).get("/fails", headers={"Accept": BROWSER})
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert response.get_json()["detail"] == "something is wrong on the server"
    assert caplog.messages[0].splitlines()[0].endswith(type(error).__name__)
    assert "test_problem.py:" in caplog.text
    assert "/secret/place" not in caplog.text


def test_a_wait_is_passed_on(app: Flask) -> None:
    response = failing(app, ServiceUnavailable("busy", retry_after=30)).get("/fails")
    assert (response.status_code, response.get_json()["detail"]) == (503, "busy")
    assert response.headers["Retry-After"] == "30"


def test_an_error_without_words_has_those_of_its_status(app: Flask) -> None:
    response = failing(app, Brief()).get("/fails")
    assert (response.status_code, response.get_json()["detail"]) == (409, HTTPStatus.CONFLICT.description)
