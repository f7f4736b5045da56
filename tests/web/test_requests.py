"""What is noted about every request."""

import logging

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.requests import HEADER, request_id
from tests.conftest import DATA

TOKEN = "a-token-of-a-ticket"


@pytest.fixture(scope="module")
def logging_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A server that logs each request."""
    data = tmp_path_factory.mktemp("server")
    return create_app(Settings(knowledge=DATA / "library", data=data, access_log=True)).test_client()


@pytest.mark.parametrize("given", ["7", "a" * 64, "0f8fad5b-d9cb-469f-a165-70867728950e", "Root=1-67891233-abc_d.e"])
def test_an_id_that_a_request_comes_with_is_kept(client: FlaskClient, given: str) -> None:
    assert client.get("/healthz", headers={HEADER: given}).headers[HEADER] == given


@pytest.mark.parametrize("given", ["", "a" * 65, "two words", "<script>", 'a"b', "tên", "a,b", "a\tb"])
def test_an_id_that_could_be_anything_is_not(client: FlaskClient, given: str) -> None:
    assert client.get("/healthz", headers={HEADER: given}).headers[HEADER] != given


@given(st.text())
def test_every_id_is_short_and_plain(given: str) -> None:
    found = request_id(given)
    assert 1 <= len(found) <= 64
    assert found.isascii()
    assert not set(found) & set(" \"'\\<>{}\n\r\t")


@pytest.mark.parametrize("path", ["/", "/api/chat", "/nowhere", "/metrics", "/helpdesk"])
def test_every_answer_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    first, second = (client.get(path).headers.getlist(HEADER) for _ in range(2))
    assert (len(first), len(second)) == (1, 1)
    assert first != second


def test_a_request_is_logged_by_its_route(logging_client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "faqbot")
    logging_client.get(f"/api/handoff/{TOKEN}?q={TOKEN}")
    (record,) = caplog.records
    assert record.getMessage() == "GET /api/handoff/<token> 404"
    assert record.status == 404  # type: ignore[attr-defined]
    assert record.milliseconds > 0  # type: ignore[attr-defined]
    assert TOKEN not in str(record.__dict__)


def test_a_path_and_a_method_of_nobody_are_not_logged(
    logging_client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "faqbot")
    logging_client.open(f"/{TOKEN}", method=TOKEN.upper())
    assert caplog.messages == ["any unmatched 404"]


def test_requests_are_not_logged_by_default(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "faqbot")
    client.get("/healthz")
    assert caplog.records == []
