"""Whether the process lives, and whether its parts are well."""

import socket
from pathlib import Path

from flask.testing import FlaskClient

from faqbot import __version__
from faqbot.settings import Settings
from faqbot.store.column_types import now
from faqbot.store.notice import NewNotice
from faqbot.web.app import create_app
from faqbot.web.probe import SECONDS_TO_WAIT
from tests.conftest import DATA
from tests.embeddings.endpoint import Endpoint
from tests.helpdesk.telling import target
from tests.outside import Receiver


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
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    app.extensions["faqbot"].live.refresh()
    client = app.test_client()
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()["status"]) == (200, "degraded")
    assert f"{library_folder / 'glossary.yaml'}:2: error: " in response.get_json()["parts"]["knowledge"]["reason"]
    assert client.post("/api/chat", json={"message": "are you open on Sunday"}).get_json()["kind"] == "answer"


def test_an_endpoint_for_embeddings_is_a_part_too(endpoint: Endpoint, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data", embeddings_url=endpoint.url))
    app.extensions["faqbot"].store.status()
    app.extensions["faqbot"].live.meaning.settle()
    body = app.test_client().get("/readyz").get_json()
    assert (body["status"], body["parts"]["embeddings"]["status"]) == ("ok", "ok")


def test_an_endpoint_that_is_down_degrades_a_server_that_still_answers(nowhere: str, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data", embeddings_url=nowhere))
    app.extensions["faqbot"].live.meaning.settle()
    client = app.test_client()
    assert client.get("/readyz").get_json()["parts"]["embeddings"]["status"] == "degraded"
    assert client.post("/api/chat", json={"message": "are you open on Sunday"}).get_json()["kind"] == "answer"


def test_without_targets_nothing_is_said_about_webhooks(client: FlaskClient) -> None:
    assert "webhooks" not in client.get("/readyz").get_json()["parts"]


def test_notices_that_wait_and_dead_ones_are_counted(tmp_path: Path) -> None:
    crm = target("http://127.0.0.1:9/", name="crm")
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data", webhooks=(crm,)))
    app.extensions["faqbot_sender"].stop()
    outbox, client = app.extensions["faqbot"].store.outbox, app.test_client()
    assert client.get("/readyz").get_json()["parts"]["webhooks"] == {"status": "ok", "reason": "0 waiting, 0 dead"}
    outbox.add(*[NewNotice("crm", "ticket.solved", {})] * 2)
    notice = outbox.claim(now())
    outbox.give_up(notice, "HTTP status 500")
    body = client.get("/readyz").get_json()
    assert (body["status"], body["parts"]["webhooks"]["reason"]) == ("degraded", "1 waiting, 1 dead")


def test_an_answer_does_not_wait_for_a_target_that_hangs(tmp_path: Path, receiver: Receiver) -> None:
    receiver.may_answer.clear()
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data", webhooks=(target(receiver.url),)))
    client = app.test_client()
    assert client.post("/api/handoff", json={"message": "em cần gặp thủ thư"}).status_code == 201
    assert receiver.arrived.wait(20)
    assert client.post("/api/chat", json={"message": "how many books can I borrow"}).status_code == 200
    receiver.may_answer.set()
    app.extensions["faqbot_sender"].stop()


def test_every_part_has_a_reason(client: FlaskClient) -> None:
    parts = client.get("/readyz").get_json()["parts"]
    assert set(parts) == {"knowledge", "store", "queue", "chat", "limits"}
    assert all(part["reason"] for part in parts.values())
    assert parts["queue"]["reason"] == "0 of 10,000 exchanges wait to be written, 0 lost"
    assert parts["chat"]["reason"] == "0 of 504 pieces of work are begun or wait"


def test_a_store_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://faqbot@127.0.0.1:{silent.getsockname()[1]}/faqbot"
        app = create_app(Settings(knowledge=DATA / "library", data=tmp_path, database_url=url))
        response = app.test_client().get("/readyz")
        app.extensions["faqbot"].store.close()
    assert response.status_code == 200
    assert response.get_json()["parts"]["store"] == {
        "status": "degraded",
        "reason": f"no answer within {SECONDS_TO_WAIT:g} s",
    }


def test_what_cannot_be_written_shows_in_the_queue(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way", "utf-8")
    url = f"sqlite:///{tmp_path}/folder/store.sqlite3"
    client = create_app(Settings(knowledge=DATA / "library", data=tmp_path, database_url=url)).test_client()
    client.post("/api/chat", json={"message": "are you open on Sunday"})
    client.post("/api/feedback", json={"message_id": "x", "helpful": True})
    queue = client.get("/readyz").get_json()["parts"]["queue"]
    assert queue["status"] == "degraded"
    assert queue["reason"].endswith("; 1 of 10,000 exchanges wait to be written, 0 lost")
