"""One ticket, and what an agent does about it."""

import html
import re

import pytest
from flask import Flask

from faqbot.helpdesk.desk import LONGEST_TEXT
from faqbot.service import Service
from faqbot.store.store import Store
from faqbot.store.ticket import EntryKind, NewTicket, Status, Ticket
from tests.web.helpdesk.conftest import Visitor

PAGE = "/helpdesk/tickets/1"
NASTY = "<script>alert('x')</script> \"'; DROP TABLE tickets; -- {{ 7 * 7 }}"


def test_the_transcript_shows_sections_and_confidence(agent: Visitor, app: Flask) -> None:
    visitor = app.test_client(use_cookies=False)
    first = visitor.post("/api/chat", json={"message": "are you open on Sunday"}).get_json()
    visitor.post("/api/handoff", json={"message": "I need a person", "context": first["context"], "name": "An"})
    page = agent.get(PAGE).text
    assert "are you open on Sunday" in page
    assert 'href="/kb/guide/hours?lang=en">Opening hours</a>' in page
    assert re.search(r"\d+%", page)


def test_the_three_best_sections_are_there_with_their_passages(agent: Visitor, ticket: Ticket) -> None:
    page = agent.get(PAGE).text
    assert len(re.findall(r"draft=guide/\w+#reply-text", page)) == 3
    assert "The loan period is 14 days." in page


def test_a_draft_fills_the_reply_box_in_the_requesters_language(agent: Visitor, ticket: Ticket) -> None:
    page = agent.get(f"{PAGE}?draft=guide/loans&lang=vi").text
    box = re.search(r'<textarea id="reply-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert box is not None
    assert html.unescape(box[1]).startswith("Hello An,\n\nThis is what the documentation says")
    assert "You may borrow up to 5 books at a time." in box[1]
    assert "Đã soạn sẵn" in page


@pytest.mark.parametrize("draft", ["guide/cellar", "x", "", NASTY])
def test_a_draft_of_no_section_is_ignored(agent: Visitor, ticket: Ticket, draft: str) -> None:
    response = agent.client.get(PAGE, query_string={"draft": draft})
    assert response.status_code == 200
    assert "<script" not in response.text


def test_a_reply_reaches_the_requester(agent: Visitor, app: Flask, service: Service) -> None:
    _, secret = service.hand_over(NewTicket("help", "web", "en"))
    assert agent.send(PAGE, to=f"{PAGE}/reply", text="  Come to\r\nthe desk. ").headers["Location"] == PAGE
    state = app.test_client(use_cookies=False).get(f"/api/handoff/{secret}").get_json()
    assert state["status"] == "waiting"
    assert state["messages"][-1]["text"] == "Come to\nthe desk."


def test_a_reply_may_solve_the_ticket(agent: Visitor, ticket: Ticket, store: Store) -> None:
    agent.send(PAGE, to=f"{PAGE}/reply", text="Done.", then="solve")
    found = store.tickets.get(ticket.id)
    assert found is not None
    assert found.status is Status.SOLVED


def test_a_note_stays_among_agents(agent: Visitor, app: Flask, service: Service) -> None:
    _, secret = service.hand_over(NewTicket("help", "web", "en"))
    agent.send(PAGE, to=f"{PAGE}/note", text="he is the director")
    assert "he is the director" in agent.get(PAGE).text
    assert "director" not in app.test_client(use_cookies=False).get(f"/api/handoff/{secret}").text


@pytest.mark.parametrize("deed", ["reply", "note"])
@pytest.mark.parametrize(
    ("text", "message"), [(" \n ", "write something"), ("<i>" + "x" * LONGEST_TEXT, "That is too long")]
)
def test_what_cannot_be_sent_says_why_and_is_kept(
    agent: Visitor, ticket: Ticket, store: Store, deed: str, text: str, message: str
) -> None:
    response = agent.send(PAGE, to=f"{PAGE}/{deed}", text=text)
    assert response.status_code == 422
    assert message in response.text
    assert html.escape(text[:3]) in response.text
    assert len(store.tickets.entries(ticket.id)) == 1


def test_taking_a_new_ticket_opens_it(agent: Visitor, ticket: Ticket, store: Store) -> None:
    agent.send(PAGE, to=f"{PAGE}/assignee", assignee="lan")
    found = store.tickets.get(ticket.id)
    assert found is not None
    assert (found.assignee, found.status) == ("lan", Status.OPEN)
    agent.send(PAGE, to=f"{PAGE}/assignee", assignee="")
    assert [entry.text for entry in store.tickets.entries(ticket.id) if entry.kind is EntryKind.CHANGE] == [
        "assignee: lan",
        "status: open",
        "assignee: –",
    ]


def test_a_status_is_set(agent: Visitor, ticket: Ticket) -> None:
    assert agent.send(PAGE, to=f"{PAGE}/status", status="waiting").status_code == 303
    assert "set the status to Waiting" in agent.get(PAGE).text


@pytest.mark.parametrize(
    ("deed", "field"), [("status", "closed"), ("status", ""), ("assignee", "nobody"), ("assignee", NASTY)]
)
def test_a_status_or_user_that_is_not_there_is_refused(agent: Visitor, ticket: Ticket, deed: str, field: str) -> None:
    assert agent.send(PAGE, to=f"{PAGE}/{deed}", **{deed: field}).status_code == 422


@pytest.mark.parametrize("deed", ["reply", "note", "status", "assignee"])
def test_nothing_is_done_to_a_ticket_that_is_not_there(agent: Visitor, ticket: Ticket, deed: str) -> None:
    response = agent.send(PAGE, to=f"/helpdesk/tickets/2/{deed}", text="x", status="open", assignee="lan")
    assert response.status_code == 404


def test_sql_and_html_in_every_field_are_text(agent: Visitor, service: Service, store: Store) -> None:
    service.hand_over(NewTicket(NASTY, "web", "en", name=NASTY, contact=NASTY, subject=NASTY))
    for deed in ("reply", "note"):
        assert agent.send(PAGE, to=f"{PAGE}/{deed}", text=NASTY).status_code == 303
    page = agent.get(PAGE).text
    assert "<script" not in page
    assert "{{ 7 * 7 }}" in page
    assert html.unescape(page).count(NASTY) >= 6
    assert len(store.tickets.list()) == 1


def test_an_assignee_who_left_is_still_named(agent: Visitor, ticket: Ticket, store: Store) -> None:
    store.tickets.assign(ticket.id, "long gone", author="lan")
    assert "<option selected disabled>long gone</option>" in agent.get(PAGE).text
