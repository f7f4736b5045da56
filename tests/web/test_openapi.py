"""The description of the API says what the code does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from faqbot.language.pack import LANGUAGES
from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.web.schema import misfits, resolve

CHATS = [
    {"message": "are you open on Sunday"},
    {"message": "chủ nhật có mở cửa không", "lang": "en"},
    {"message": "renew late book", "lang": None, "context": None},
    {"message": "em bị mất thẻ"},
    {"message": "asdf qwer", "context": "?"},
    {"message": "xin chào", "lang": "vi"},
    {"message": "🎉"},
    {"message": ""},
    {"message": 5},
    {},
    {"message": "sách", "lang": "fr"},
    [],
    {"message": "x" * 70_000},
]
PATHS = [
    "/api/search?q=muon+sach",
    "/api/search?q=books&lang=en&limit=2&explain=1",
    "/api/search?q=%F0%9F%8E%89&lang=vi&explain=0",
    "/api/search",
    "/api/search?q=books&limit=0",
    "/api/suggest?q=muon+sach",
    "/api/suggest?lang=en",
    "/api/suggest?q=%F0%9F%8E%89&lang=fr",
    "/healthz",
    "/readyz",
    "/openapi.json",
]


@pytest.fixture(scope="module")
def description(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").get_json()
    return found


def reply_faults(response: TestResponse, path: str, description: dict[str, Any]) -> list[str]:
    """Return what an answer of the server has that the description does not say."""
    operation = description["paths"][path][response.request.method.lower()]
    if str(response.status_code) not in operation["responses"]:
        return [f"{path} does not describe status {response.status_code}"]
    described = resolve(operation["responses"][str(response.status_code)], description)
    if response.mimetype not in described["content"]:
        return [f"{path} does not describe {response.mimetype}"]
    return misfits(response.get_json(), described["content"][response.mimetype]["schema"], description)


def test_every_route_is_described_and_nothing_else(description: dict[str, Any], client: FlaskClient) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint != "static" and not rule.endpoint.startswith(("pages.", "widget.", "helpdesk."))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, method, _ in operations(description)}


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation."""
    for path, item in description["paths"].items():
        yield from ((path, method, operation) for method, operation in item.items() if method != "parameters")


def test_operations_have_names_of_their_own(description: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(description)]
    assert len(set(names)) == len(names)


def test_it_is_openapi_and_its_references_lead_somewhere(description: dict[str, Any], client: FlaskClient) -> None:
    assert description["openapi"].startswith("3.1.")
    references = re.findall(r'"\$ref": ?"([^"]+)"', client.get("/openapi.json").text)
    assert references
    assert all(resolve({"$ref": reference}, description) for reference in references)


def test_described_languages_are_those_there_are(description: dict[str, Any]) -> None:
    assert description["components"]["schemas"]["Language"]["enum"] == list(LANGUAGES)


@pytest.mark.parametrize("body", CHATS)
def test_chat_replies_are_as_described(client: FlaskClient, description: dict[str, Any], body: object) -> None:
    assert reply_faults(client.post("/api/chat", json=body), "/api/chat", description) == []


@pytest.mark.parametrize(
    ("body", "content_type"), [("{", "application/json"), ("", "application/json"), ("message=hello", "text/plain")]
)
def test_refusals_of_a_bad_body_are_as_described(
    client: FlaskClient, description: dict[str, Any], body: str, content_type: str
) -> None:
    response = client.post("/api/chat", data=body, content_type=content_type)
    assert response.status_code in (400, 415)
    assert reply_faults(response, "/api/chat", description) == []


@pytest.mark.parametrize("path", PATHS)
def test_other_replies_are_as_described(client: FlaskClient, description: dict[str, Any], path: str) -> None:
    assert reply_faults(client.get(path), path.partition("?")[0], description) == []


@pytest.mark.parametrize("body", [{"message": "sách"}, {"message": "x", "lang": None}, {"message": "x", "lang": "vi"}])
def test_messages_that_are_taken_are_as_described(
    client: FlaskClient, description: dict[str, Any], body: dict[str, Any]
) -> None:
    assert client.post("/api/chat", json=body).status_code == 200
    assert misfits(body, description["components"]["schemas"]["Message"], description) == []


@pytest.mark.parametrize(
    "body", [{}, {"message": 1}, {"message": ""}, {"message": "x" * 2001}, {"message": "x", "lang": ""}]
)
def test_messages_that_are_refused_are_not_as_described(
    client: FlaskClient, description: dict[str, Any], body: dict[str, Any]
) -> None:
    assert client.post("/api/chat", json=body).status_code == 422
    assert misfits(body, description["components"]["schemas"]["Message"], description) != []


def test_an_answer_with_many_related_sections_is_as_described(
    library_folder: Path, tmp_path: Path, description: dict[str, Any]
) -> None:
    questions = library_folder / "guide" / "questions.yaml"
    text = questions.read_text("utf-8")
    questions.write_text(text.replace("related: [loans]", "related: [loans, renewal, fines, hours]"), "utf-8")
    client = create_app(Settings(knowledge=library_folder, data=tmp_path / "data")).test_client()
    response = client.post("/api/chat", json={"message": "are you open on Sunday"})
    assert response.get_json()["kind"] == "answer"
    assert reply_faults(response, "/api/chat", description) == []


def test_the_kvm_knowledge_answers_as_described(description: dict[str, Any], tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    response = client.post("/api/chat", json={"message": "KVM cần bao nhiêu RAM?"})
    assert response.get_json()["section"]["id"] == "requirements"
    assert reply_faults(response, "/api/chat", description) == []
