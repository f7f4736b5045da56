"""The list of tickets."""

import re
from collections.abc import Callable

import pytest

from faqbot.service import Service
from faqbot.store.access import Role
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Status, Ticket
from faqbot.web.helpdesk.inbox import PAGE, VIEWS
from tests.web.helpdesk.conftest import Visitor


@pytest.fixture
def tickets(service: Service, store: Store) -> dict[str, Ticket]:
    """A ticket of each status; the waiting one is Lan's."""
    found = {}
    for status in Status:
        found[str(status)] = service.hand_over(NewTicket(f"about {status} things", "web", "en"))[0]
        if status is not Status.NEW:
            store.tickets.set_status(found[status].id, status, author="minh")
    store.tickets.assign(found["waiting"].id, "lan", author="minh")
    return found


def shown(page: str) -> set[str]:
    return set(re.findall(r"about (\w+) things", page))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"new", "open", "waiting"}),
        ("?show=unsolved", {"new", "open", "waiting"}),
        ("?show=nonsense", {"new", "open", "waiting"}),
        ("?show=mine", {"waiting"}),
        ("?show=new", {"new"}),
        ("?show=open", {"open"}),
        ("?show=waiting", {"waiting"}),
        ("?show=solved", {"solved"}),
        ("?show=solved&before=x", {"solved"}),
        ("?show=solved&before=1", set()),
    ],
)
def test_a_view_shows_its_tickets(agent: Visitor, tickets: dict[str, Ticket], query: str, expected: set[str]) -> None:
    assert shown(agent.get(f"/helpdesk/{query}").text) == expected


def test_each_view_says_how_many_it_has(agent: Visitor, tickets: dict[str, Ticket]) -> None:
    counts = re.findall(r'class="count">(\d+)<', agent.get("/helpdesk/").text)
    assert dict(zip(VIEWS, map(int, counts), strict=True)) == {
        "unsolved": 3,
        "mine": 1,
        "new": 1,
        "open": 1,
        "waiting": 1,
        "solved": 1,
    }


def test_my_tickets_are_not_those_of_others(as_role: Callable[[Role], Visitor], tickets: dict[str, Ticket]) -> None:
    assert "No tickets here" in as_role(Role.ADMIN).get("/helpdesk/?show=mine").text


def test_the_address_needs_no_slash(agent: Visitor) -> None:
    assert agent.get("/helpdesk").status_code == 200


def test_an_empty_inbox_says_so(agent: Visitor) -> None:
    assert "No tickets here" in agent.get("/helpdesk/").text


def test_what_people_wrote_is_shown_as_text(agent: Visitor, service: Service) -> None:
    service.hand_over(NewTicket("<script>alert(1)</script>", "web", "en", name='"><img src=x onerror=alert(2)>'))
    page = agent.get("/helpdesk/").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in page


def test_a_long_list_is_turned_page_by_page(agent: Visitor, service: Service) -> None:
    for number in range(PAGE + 2):
        service.hand_over(NewTicket(f"number {number:02}", "web", "en"))
    page = agent.get("/helpdesk/").text
    assert len(set(re.findall(r"number \d\d", page))) == PAGE
    older = re.search(r'href="([^"]+)" rel="next"', page)
    assert older is not None
    rest = agent.get(older[1].replace("&amp;", "&")).text
    assert set(re.findall(r"number \d\d", rest)) == {"number 00", "number 01"}
