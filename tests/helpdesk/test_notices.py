"""Whoever should know is told, in JSON with all that matters, and nobody else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.helpdesk.notices import REQUESTER, TEAM, Notices, content
from faqbot.outgoing.event import Event
from faqbot.store.happening import Happening
from faqbot.store.ticket import Ticket
from tests.helpdesk.telling import mail, target, ticket, told

CRM = target("https://crm.example.org")
DESK = target("https://desk.example.org", name="desk", events=(Event.CREATED,))


def receivers(event: Event, found: Ticket, *, team: bool = True) -> list[str]:
    notices = Notices([CRM, DESK], mail() if team else mail(team=()))
    return [each.target for each in notices(Happening(event, found, "…", None))]


def test_each_target_is_told_what_it_wants_to_know() -> None:
    assert receivers(Event.CREATED, ticket()) == ["crm", "desk", TEAM]
    assert receivers(Event.REPLIED, ticket()) == ["crm", REQUESTER]
    assert receivers(Event.SOLVED, ticket()) == ["crm"]


def test_nobody_is_written_to_without_an_address() -> None:
    assert receivers(Event.REPLIED, ticket(contact="0912 345 678")) == ["crm"]
    assert receivers(Event.CREATED, ticket(), team=False) == ["crm", "desk"]


def test_without_targets_and_mail_nobody_is_told() -> None:
    assert Notices([], None)(Happening(Event.CREATED, ticket(), "…", None)) == []


def test_each_notice_has_an_id_of_its_own() -> None:
    found = Notices([CRM, DESK], None)(Happening(Event.CREATED, ticket(), "…", None))
    assert len({each.content["id"] for each in found}) == 2


def test_a_new_ticket_comes_with_its_message_and_what_was_said_before() -> None:
    found = told()
    assert (found["event"], found["text"], found["author"]) == ("ticket.created", "Máy in phòng 2 hỏng rồi ạ.", None)
    assert found["ticket"]["contact"] == "lan@example.org"
    turn = found["transcript"][0]
    assert (turn["question"], turn["section"], turn["confidence"]) == ("chủ nhật có mở cửa không", "guide/hours", 0.9)
    assert "conversation" not in found


def test_a_reply_comes_with_its_author_and_without_a_transcript() -> None:
    found = told(Event.REPLIED, "Để mình xem.")
    assert (found["event"], found["text"], found["author"]) == ("ticket.replied", "Để mình xem.", "minh")
    assert "transcript" not in found


@given(st.text(st.characters()))
def test_any_text_can_be_told(text: str) -> None:
    found = content(Happening(Event.CREATED, ticket(), text, None))
    assert json.loads(json.dumps(found, ensure_ascii=False).encode()) == found
    assert "\0" not in found["text"]


@pytest.mark.parametrize("event", list(Event))
def test_no_secret_is_told(event: Event) -> None:
    assert "secret" not in json.dumps(told(event))
