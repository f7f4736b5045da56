"""What Prometheus is told, and who else."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from faqbot.settings import Settings
from faqbot.store.column_types import now
from faqbot.store.notice import NewNotice
from faqbot.web.app import create_app
from tests.conftest import DATA
from tests.deploy.promtool import promtool
from tests.embeddings.endpoint import Endpoint
from tests.helpdesk.telling import target
from tests.metrics.reading import number, numbers, rise, told
from tests.web.test_limits import NOWHERE

ASKED = {"message": "are you open on Sunday"}
TOKEN = "a token of twenty ch"
MARKER = "zebra-crossing-4711"


def app_of(folder: Path, **settings: object) -> Flask:
    return create_app(Settings(knowledge=DATA / "library", data=folder, **settings))  # type: ignore[arg-type]


def test_a_question_counts_by_outcome_language_and_channel(client: FlaskClient) -> None:
    def ask() -> None:
        client.post("/api/chat", json=ASKED)
        client.post("/", data=ASKED)
        client.post("/api/chat", json={"message": "xin chào"})

    named = {"outcome": "answer", "language": "en", "channel": "web"}
    assert rise(client, ask, "faqbot_questions_total", **named) == 1
    assert rise(client, ask, "faqbot_questions_total", **named | {"channel": "page"}) == 1
    assert rise(client, ask, "faqbot_questions_total", **named | {"outcome": "smalltalk", "language": "vi"}) == 1
    assert rise(client, ask, "faqbot_answer_duration_seconds_count") == 3
    assert rise(client, ask, "faqbot_confidence_count", outcome="answer") == 2


def test_a_sure_answer_is_among_the_most_confident(client: FlaskClient) -> None:
    def ask() -> None:
        client.post("/api/chat", json=ASKED)

    assert rise(client, ask, "faqbot_confidence_bucket", outcome="answer", le="0.5") == 0
    assert rise(client, ask, "faqbot_confidence_bucket", outcome="answer", le="+Inf") == 1


def test_requests_count_by_route_and_not_by_path(client: FlaskClient) -> None:
    def visit() -> None:
        client.get(f"/api/handoff/{MARKER}")
        client.get(f"/kb/{MARKER}/{MARKER}")

    named = {"endpoint": "/api/handoff/<token>", "method": "GET", "status": "404"}
    assert rise(client, visit, "faqbot_requests_total", **named) == 1
    assert rise(client, visit, "faqbot_request_duration_seconds_count", endpoint="/kb/<document>/<section>") == 1


def test_paths_and_methods_of_nobody_are_all_one(client: FlaskClient) -> None:
    def visit() -> None:
        client.get(f"/{MARKER}")
        client.open("/", method="BREW")
        client.open(f"/{MARKER}", method="BREW")

    named = {"endpoint": "unmatched", "method": "any"}
    assert rise(client, visit, "faqbot_requests_total", **named, status="404") == 2
    assert rise(client, visit, "faqbot_requests_total", **named, status="405") == 1


def test_nothing_that_a_user_writes_is_told(client: FlaskClient) -> None:
    client.post("/api/chat", json={"message": MARKER}, headers={"X-Request-ID": MARKER, "User-Agent": MARKER})
    client.get(f"/kb/{MARKER}", headers={"Host": MARKER})
    client.post(f"/hooks/{MARKER}", data={"token": MARKER})
    client.post("/api/handoff", json={"message": MARKER, "name": MARKER, "contact": MARKER, "lang": "vi"})
    assert MARKER not in told(client)


def test_verdicts_and_tickets_count(client: FlaskClient) -> None:
    def judge() -> None:
        message = client.post("/api/chat", json=ASKED).get_json()["message_id"]
        client.post("/api/feedback", json={"message_id": message, "helpful": True})
        client.post("/api/feedback", json={"message_id": "unknown", "helpful": True})

    assert rise(client, judge, "faqbot_feedback_total", helpful="yes") == 1
    open_one = {"message": "em cần gặp thủ thư"}
    named = {"channel": "web", "language": "vi"}
    assert rise(client, lambda: client.post("/api/handoff", json=open_one), "faqbot_tickets_opened_total", **named) == 1


def test_it_is_told_what_is_answered_from(client: FlaskClient) -> None:
    found = told(client)
    revision = client.application.extensions["faqbot"].live.current().knowledge.revision
    assert number(found, "faqbot_knowledge_info", revision=revision) == 1
    assert number(found, "faqbot_knowledge_sections") == 4
    assert (number(found, "faqbot_knowledge_fault"), number(found, "faqbot_store_up")) == (0, 1)
    assert number(found, "faqbot_workers") == 1


def test_a_faulty_edit_is_told(library_folder: Path, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=library_folder, data=tmp_path / "data"))
    (library_folder / "glossary.yaml").write_text("book: [\n", "utf-8")
    app.extensions["faqbot"].live.refresh()
    assert number(told(app.test_client()), "faqbot_knowledge_fault") == 1


def test_a_store_that_is_down_is_told_with_all_that_waits(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way", "utf-8")
    app = app_of(tmp_path, database_url=f"sqlite:///{tmp_path}/folder/store.sqlite3")
    client = app.test_client()
    assert rise(client, lambda: client.post("/api/chat", json=ASKED), "faqbot_exchanges_waiting") == 1
    assert number(told(client), "faqbot_store_up") == 0


def test_what_is_kept_does_not_wait(tmp_path: Path) -> None:
    client = app_of(tmp_path).test_client()
    writer = client.application.extensions["faqbot"].store.writer
    client.post("/api/chat", json=ASKED)
    writer.close()
    assert number(told(client), "faqbot_exchanges_waiting") == 0
    assert rise(client, lambda: client.post("/api/chat", json=ASKED), "faqbot_exchanges_lost_total") == 1


def test_what_is_one_too_many_counts(tmp_path: Path) -> None:
    client = app_of(tmp_path, rate_limit="1/minute").test_client()

    def ask() -> None:
        for _ in range(3):
            client.post("/api/chat", json=ASKED)

    assert rise(client, ask, "faqbot_limits_refused_total", limit="client") == 2
    assert number(told(client), "faqbot_limits_shared") == 0


def test_limits_without_their_redis_are_told(tmp_path: Path) -> None:
    client = app_of(tmp_path, redis_url=NOWHERE).test_client()
    client.post("/api/chat", json=ASKED)
    assert (number(told(client), "faqbot_limits_fault"), number(told(client), "faqbot_limits_shared")) == (1, 0)


def test_notices_are_told_by_target_and_state(tmp_path: Path) -> None:
    app = app_of(tmp_path, webhooks=(target("http://127.0.0.1:9/", name="crm"),))
    sender, outbox, client = (
        app.extensions["faqbot_sender"],
        app.extensions["faqbot"].store.outbox,
        app.test_client(),
    )
    sender.stop()
    outbox.add(*[NewNotice("crm", "ticket.solved", {})] * 3)
    outbox.give_up(outbox.claim(now()), "HTTP status 500")
    assert number(told(client), "faqbot_notices", target="crm", state="waiting") == 2
    assert number(told(client), "faqbot_notices", target="crm", state="dead") == 1


def test_the_state_of_the_embeddings_is_told(endpoint: Endpoint, tmp_path: Path, client: FlaskClient) -> None:
    app = app_of(tmp_path, embeddings_url=endpoint.url)
    app.extensions["faqbot"].live.meaning.settle()
    found = told(app.test_client())
    states = {state: number(found, "faqbot_embeddings_state", state=state) for state in ("ok", "loading", "degraded")}
    assert states == {"ok": 1, "loading": 0, "degraded": 0}
    assert "faqbot_embeddings_state" not in told(client)


def test_what_alerts_watch_is_there_from_the_beginning(client: FlaskClient) -> None:
    found = {name for name, _ in numbers(told(client))}
    assert {"faqbot_exchanges_lost_total", "faqbot_limits_refused_total", "faqbot_replies_posted_total"} <= found


@pytest.mark.parametrize(
    ("address", "header", "status"),
    [
        ("127.0.0.1", None, 200),
        ("127.8.9.10", None, 200),
        ("::1", None, 200),
        ("::ffff:127.0.0.1", None, 200),
        ("192.0.2.7", None, 403),
        ("2001:db8::1", None, 403),
        ("", None, 403),
        ("127.0.0.1", "X-Forwarded-For", 403),
        ("127.0.0.1", "Forwarded", 403),
        ("127.0.0.1", "X-Real-IP", 403),
    ],
)
def test_without_a_token_it_is_told_to_this_machine_alone(
    client: FlaskClient, address: str, header: str | None, status: int
) -> None:
    headers = {header: "127.0.0.1"} if header else {}
    response = client.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert response.status_code == status


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.7"])
def test_with_a_token_it_is_told_to_who_shows_it(tmp_path: Path, address: str) -> None:
    client = app_of(tmp_path, metrics_token=TOKEN).test_client()
    client.environ_base["REMOTE_ADDR"] = address
    shown = {None: 401, "Bearer wrong": 401, f"Basic {TOKEN}": 401, "Bearer ": 401, f"Bearer {TOKEN}": 200}
    shown |= {"Bearer đúng": 401}
    for header, status in shown.items():
        headers = {"Authorization": header} if header else {}
        assert client.get("/metrics", headers=headers).status_code == status
    refused = client.get("/metrics")
    assert (refused.headers["WWW-Authenticate"], refused.mimetype) == ("Bearer", "application/problem+json")


def test_prometheus_may_have_it_as_openmetrics(client: FlaskClient) -> None:
    accept = {"Accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"}
    response = client.get("/metrics", headers=accept)
    assert response.mimetype == "application/openmetrics-text"
    assert response.text.endswith("# EOF\n")


def test_prometheus_finds_no_fault_with_the_names_of_numbers(client: FlaskClient) -> None:
    client.post("/api/chat", json={"message": "are you open on Sunday"})
    run = promtool("check", "metrics", given=told(client))
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_a_store_that_goes_down_while_it_is_asked_takes_no_other_number_away(tmp_path: Path) -> None:
    app = app_of(tmp_path, webhooks=(target("http://127.0.0.1:9/", name="crm"),))
    app.extensions["faqbot_sender"].stop()
    store = app.extensions["faqbot"].store
    with store.database.writing() as connection:
        connection.execute(text("ALTER TABLE outbox RENAME TO lost"))
    found = told(app.test_client())
    assert number(found, "faqbot_store_up") == 1
    assert "faqbot_notices{" not in found
