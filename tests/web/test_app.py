"""The application as a whole: what it starts with, and what it refuses."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from faqbot.errors import KnowledgeError, SettingsError
from faqbot.settings import Settings
from faqbot.web.app import LARGEST_BODY, create_app
from tests.conftest import DATA


def test_faulty_knowledge_keeps_it_from_starting(library_folder: Path, tmp_path: Path) -> None:
    (library_folder / "guide" / "questions.yaml").write_text("cellar: {}\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"questions\.yaml:1: error: .*'cellar'"):
        create_app(Settings(knowledge=library_folder, data=tmp_path / "data"))


def test_missing_knowledge_keeps_it_from_starting(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file or folder"):
        create_app(Settings(knowledge=tmp_path / "nowhere", data=tmp_path))


def test_without_a_place_for_the_key_it_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="FAQBOT_SECRET_KEY"):
        create_app(Settings(knowledge=DATA / "library", data=tmp_path / "file"))


def test_two_applications_keep_their_knowledge_apart(tmp_path: Path, client: FlaskClient) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Bakery\n\n## Bread\n\nThe bakery sells bread.\n", "utf-8")
    other = create_app(Settings(knowledge=note, data=tmp_path)).test_client()
    assert other.get("/kb/note/bread").status_code == 200
    assert client.get("/kb/note/bread").status_code == 404


def test_a_conversation_goes_on_at_another_worker_with_the_same_key(tmp_path: Path) -> None:
    settings = Settings(knowledge=DATA / "library", data=tmp_path)
    first, second = create_app(settings).test_client(), create_app(settings).test_client()
    context = first.post("/api/chat", json={"message": "are you open on Sunday"}).get_json()["context"]
    reply = second.post("/api/chat", json={"message": "tell me more", "context": context}).get_json()
    assert reply["section"]["id"] == "hours"


@pytest.mark.parametrize(("size", "status"), [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)])
def test_a_body_over_64_kib_is_refused(client: FlaskClient, size: int, status: int) -> None:
    body = b'{"message": "hello"}'.ljust(size)
    assert client.post("/api/chat", data=body, content_type="application/json").status_code == status


def test_json_is_written_as_it_is_spoken(client: FlaskClient) -> None:
    text = client.post("/api/chat", json={"message": "chủ nhật có mở cửa không"}).text
    assert "Chủ nhật thư viện nghỉ." in text
    assert text.index('"kind"') < text.index('"lang"') < text.index('"text"')
