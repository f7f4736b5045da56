"""Admins see what could not be delivered, and send it again or discard it; both are written down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from faqbot.helpdesk.notices import TEAM
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.column_types import now
from faqbot.store.notice import NewNotice, Stage, Waiting
from faqbot.store.store import Store
from faqbot.web.app import create_app
from tests.conftest import DATA
from tests.helpdesk.telling import target
from tests.web.helpdesk.conftest import NAMES, Visitor


@pytest.fixture
def admin(as_role: Callable[[Role], Visitor]) -> Visitor:
    return as_role(Role.ADMIN)


def dead(store: Store, target: str = "crm", error: str = "HTTP status 500") -> int:
    store.outbox.add(NewNotice(target, "ticket.created", {"ticket": {"id": 7}, "text": "riêng tư"}))
    notice = store.outbox.claim(now())
    assert notice is not None
    store.outbox.give_up(notice, error)
    return notice.id


def test_a_dead_notice_is_shown_without_what_it_says(admin: Visitor, store: Store) -> None:
    dead(store, error="<b>HTTP status 500</b>")
    page = admin.get("/helpdesk/outbox").text
    assert ">crm<" in page
    assert "&lt;b&gt;HTTP status 500" in page
    assert 'href="/helpdesk/tickets/7"' in page
    assert "riêng tư" not in page


def test_where_nobody_is_told_no_notice_is_called_delivered(admin: Visitor) -> None:
    page = admin.get("/helpdesk/outbox").text
    assert "neither webhooks nor mail are set up" in page
    assert "has been delivered" not in page


def test_mailboxes_are_named(admin: Visitor, store: Store) -> None:
    dead(store, TEAM)
    assert "The team, by mail" in admin.get("/helpdesk/outbox").text


def test_a_notice_is_sent_again_and_that_is_written_down(admin: Visitor, store: Store) -> None:
    number = dead(store)
    assert admin.send("/helpdesk/outbox", to=f"/helpdesk/outbox/{number}/again").status_code == 303
    assert store.outbox.count() == Waiting(1, 0)
    deed = store.audit.list()[0]
    assert (deed.actor, deed.action, deed.subject) == ("hoa", "notice.again", str(number))
    assert deed.detail == "ticket.created #7 → crm"


def test_a_notice_is_discarded_and_that_is_written_down(admin: Visitor, store: Store) -> None:
    number = dead(store)
    admin.send("/helpdesk/outbox", to=f"/helpdesk/outbox/{number}/discard")
    assert store.outbox.count() == Waiting(0, 0)
    assert store.audit.list()[0].action == "notice.discard"


def test_all_are_sent_again(admin: Visitor, store: Store) -> None:
    for _ in range(3):
        dead(store)
    admin.send("/helpdesk/outbox", to="/helpdesk/outbox/again")
    assert store.outbox.count() == Waiting(3, 0)
    assert store.audit.list()[0].detail == "3"


def test_what_is_no_longer_dead_is_left_alone(admin: Visitor, store: Store) -> None:
    number = dead(store)
    store.outbox.send_again(number, now())
    audited = len(store.audit.list())
    admin.send("/helpdesk/outbox", to=f"/helpdesk/outbox/{number}/discard")
    assert [each.id for each in store.outbox.list(Stage.WAITING)] == [number]
    assert len(store.audit.list()) == audited


@pytest.mark.parametrize("number", ["x", "0x1", "99999999999999999999"])
def test_a_strange_number_is_not_found(admin: Visitor, store: Store, number: str) -> None:
    dead(store)
    assert admin.send("/helpdesk/outbox", to=f"/helpdesk/outbox/{number}/again").status_code == 404


def test_an_empty_outbox_says_so(app: Flask, tmp_path: Path) -> None:
    crm = target("http://127.0.0.1:9/", name="crm")
    telling = create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data", webhooks=(crm,)))
    telling.extensions["faqbot_sender"].stop()
    admin = Visitor(telling.test_client())
    admin.log_in(NAMES[Role.ADMIN])
    page = admin.get("/helpdesk/outbox").text
    assert "Every notice has been delivered" in page
    assert "neither webhooks nor mail are set up" not in page


def test_many_notices_have_pages(admin: Visitor, store: Store) -> None:
    numbers = [dead(store) for _ in range(51)]
    assert f"before={numbers[1]}" in admin.get("/helpdesk/outbox").text
    assert f"/helpdesk/outbox/{numbers[0]}/again" in admin.get(f"/helpdesk/outbox?before={numbers[1]}").text


@pytest.mark.parametrize("role", [Role.AGENT, Role.EDITOR])
def test_other_roles_may_not(as_role: Callable[[Role], Visitor], store: Store, role: Role) -> None:
    number, browser = dead(store), as_role(role)
    assert browser.get("/helpdesk/outbox").status_code == 403
    assert browser.send("/helpdesk/figures", to=f"/helpdesk/outbox/{number}/discard").status_code == 403
    assert store.outbox.count() == Waiting(0, 1)


@pytest.mark.parametrize("deed", ["1/again", "1/discard", "again"])
def test_a_form_without_its_token_does_nothing(admin: Visitor, store: Store, deed: str) -> None:
    dead(store)
    assert admin.post(f"/helpdesk/outbox/{deed}").status_code == 400
    assert store.outbox.count() == Waiting(0, 1)
