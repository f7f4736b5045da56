"""Two servers are one to whoever uses them: what is done at one of them holds at the other."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from time import monotonic
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from faqbot.store.access import Role
from faqbot.store.tables import exchanges, tickets
from tests.replicas.client import Client
from tests.replicas.console import Editor
from tests.replicas.installation import EDITOR, PASSWORD, Installation, installed
from tests.replicas.processes import until
from tests.replicas.services import Postgresql

ASKED = "are you open on Sunday"
UNKNOWN = "đặt phòng nhóm ra sao"
LIMIT = 300
SECONDS_TO_SEE_AN_EDIT = 2.0


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, postgres: Postgresql) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("sharing"), postgres, FAQBOT_RATE_LIMIT=f"{LIMIT}/hour") as found:
        yield found


@pytest.fixture
def clients(installation: Installation) -> Sequence[Client]:
    """Of either server, from an address that no other test has."""
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    return [each.from_address(address) for each in installation.servers]


def count(installation: Installation, column: object) -> int:
    with installation.store.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(column)) or 0)  # type: ignore[arg-type]


def edit_at_one(clients: Sequence[Client]) -> Editor:
    """Let both say that they cannot answer a question, then let an editor answer it at the first of them."""
    first, _ = clients
    assert [each.ask(UNKNOWN)["kind"] for each in clients] == ["decline", "decline"]
    editor = Editor(first)
    until(lambda: editor.gaps(first), "the question is a gap")
    assert editor.answer(first, editor.gaps(first)[0], UNKNOWN).status == 303
    return editor


def undo_at_one(installation: Installation, clients: Sequence[Client], editor: Editor) -> None:
    """Take the edit back at the first of them, and wait until the other knows."""
    first, second = clients
    (edit,) = installation.store.edits.in_force()
    assert editor.post(first, f"/helpdesk/edits/{edit.id}/undo").status == 303
    until(lambda: second.ask(UNKNOWN)["kind"] == "decline", "the other knows that it is undone")


def test_both_found_an_empty_database_and_set_it_up(installation: Installation, clients: Sequence[Client]) -> None:
    assert [each.part("store")["status"] for each in clients] == ["ok", "ok"]


def test_an_edit_at_one_is_served_by_the_other_until_it_is_undone(
    installation: Installation, clients: Sequence[Client]
) -> None:
    editor = edit_at_one(clients)
    until(lambda: all(each.ask(UNKNOWN)["kind"] == "answer" for each in clients), "both know the edit")
    undo_at_one(installation, clients, editor)


@pytest.mark.timing
def test_an_edit_is_served_by_the_other_within_two_seconds(
    installation: Installation, clients: Sequence[Client]
) -> None:
    _, second = clients
    editor = edit_at_one(clients)
    made = monotonic()
    until(lambda: second.ask(UNKNOWN)["kind"] == "answer", "the other knows the edit")
    took = monotonic() - made
    undo_at_one(installation, clients, editor)
    print(f"an edit at one replica is served by the other after {took:.2f} s")
    assert took < SECONDS_TO_SEE_AN_EDIT


def test_limits_count_requests_to_both_together(clients: Sequence[Client]) -> None:
    replies = [each.get("/api/search?q=books") for each in islice(cycle(clients), LIMIT + 20)]
    statuses = [reply.status for reply in replies]
    assert statuses == [200] * LIMIT + [429] * 20
    assert int(replies[-1].headers["Retry-After"]) > 0
    assert [each.part("limits")["reason"] for each in clients] == ["counted in Redis"] * 2


def test_a_redelivered_message_gets_the_same_reply_from_both_and_counts_once(
    installation: Installation, clients: Sequence[Client]
) -> None:
    secret = installation.store.hooks.add("chat", "rocketchat")
    message = {"token": secret, "user_id": "u", "channel_id": "c", "message_id": "m1", "text": ASKED}
    before = count(installation, exchanges)
    replies = [each.post("/hooks/chat", message) for each in islice(cycle(clients), 6)]
    assert [reply.status for reply in replies] == [200] * 6
    assert "It is closed on Sundays." in replies[0].json["text"]
    assert len({reply.body for reply in replies}) == 1
    marker = [each.ask("what time do you close")["message_id"] for each in clients]
    until(lambda: all(is_kept(installation, each) for each in marker), "all is written down")
    assert count(installation, exchanges) == before + 1 + len(marker)


def is_kept(installation: Installation, message_id: str) -> bool:
    """Return whether a reply is written down."""
    with installation.store.database.reading() as connection:
        return connection.scalar(select(exchanges.c.id).where(exchanges.c.id == message_id)) is not None


def test_a_key_opens_one_ticket_at_both(installation: Installation, clients: Sequence[Client]) -> None:
    token = installation.store.tokens.create("zammad", Role.AGENT)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
    before = count(installation, tickets)
    replies = [each.post("/api/helpdesk/tickets", {"message": "em cần thẻ mới"}, **headers) for each in clients]
    assert replies[0].status == 201
    assert replies[0].json["id"] == replies[1].json["id"]
    assert count(installation, tickets) == before + 1


def test_a_session_of_one_holds_at_the_other_and_ends_at_both(
    installation: Installation, clients: Sequence[Client]
) -> None:
    first, second = clients
    editor = Editor(first)
    assert EDITOR in editor.get(second, "/helpdesk/gaps").text
    installation.store.users.put(EDITOR, Role.EDITOR, PASSWORD)
    statuses = [editor.get(each, "/helpdesk/gaps").status for each in clients]
    assert 200 not in statuses
    assert Editor(second).get(first, "/helpdesk/gaps").status == 200


def test_a_form_of_one_is_taken_by_the_other(clients: Sequence[Client]) -> None:
    first, second = clients
    editor = Editor(first)
    assert editor.post(second, "/helpdesk/logout").status == 303


def test_a_conversation_begun_at_one_goes_on_at_the_other(clients: Sequence[Client]) -> None:
    first, second = clients
    begun = first.ask("how many books can I take home")
    on = second.post("/api/chat", {"message": "more", "context": begun["context"]}).json
    assert on["section"]["id"] == begun["section"]["id"] == "loans"


def test_feedback_on_a_reply_of_one_is_taken_by_the_other(
    installation: Installation, clients: Sequence[Client]
) -> None:
    first, second = clients
    message_id = first.ask(ASKED)["message_id"]
    until(lambda: is_kept(installation, message_id), "the reply is written down")
    assert second.post("/api/feedback", {"message_id": message_id, "helpful": True}).status == 204


def test_a_ticket_of_one_is_shown_and_added_to_at_the_other(clients: Sequence[Client]) -> None:
    first, second = clients
    token = first.post("/api/handoff", {"message": "cho em gặp thủ thư"}).json["token"]
    assert second.post(f"/api/handoff/{token}", {"message": "em chờ ở quầy"}).status == 201
    texts = [each["text"] for each in first.get(f"/api/handoff/{token}").json["messages"]]
    assert texts == ["cho em gặp thủ thư", "em chờ ở quầy"]
