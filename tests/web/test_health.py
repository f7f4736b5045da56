"""Whether the process lives, and whether its parts are well."""

from pathlib import Path

from flask.testing import FlaskClient

from faqbot import __version__
from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.live import LiveAssistant


def test_a_live_process_says_so(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok", "version": __version__})


def test_a_ready_server_names_what_it_knows(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()["status"]) == (200, "ok")
    assert response.get_json()["parts"]["knowledge"]["status"] == "ok"
    assert response.get_json()["parts"]["knowledge"]["reason"].startswith("4 sections, revision ")


def test_a_faulty_edit_degrades_a_server_that_still_answers(library_folder: Path, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=library_folder, data=tmp_path / "data"))
    now = [0.0]
    live = app.extensions["faqbot"] = LiveAssistant(library_folder, lambda: now[0])
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    now[0] = 60.0
    live.current()
    live.settle()
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.get_json()["status"]) == (200, "degraded")
    assert "glossary.yaml" in response.get_json()["parts"]["knowledge"]["reason"]
