"""Agents see how the bot does, as charts that their browser may show, and take the numbers with them."""

import re
from xml.etree import ElementTree

import pytest

from faqbot.store.store import Store
from faqbot.web.helpdesk.figures import USUAL
from tests.store.making import exchange
from tests.web.helpdesk.conftest import Visitor


@pytest.fixture
def asked(store: Store) -> Store:
    store.exchanges.keep(
        [
            *[exchange(f"a{each}", conversation=str(each)) for each in range(3)],
            exchange("d", kind="decline", section=None, question="=cmd|' /C calc'!A0 <b>bãi xe</b>"),
        ]
    )
    return store


def test_an_agent_sees_sums_charts_and_tables(agent: Visitor, asked: Store) -> None:
    page = agent.get("/helpdesk/figures").text
    assert "<h1>Figures</h1>" in page
    assert 'aria-current="page">Figures' in page
    assert f'aria-current="page">{USUAL} days' in page
    assert ">75%<" in page
    assert "of 4 conversations" in page
    assert "&lt;b&gt;bãi xe&lt;/b&gt;" in page
    assert "<b>bãi" not in page


def test_every_picture_and_sheet_of_the_page_is_there(agent: Visitor, asked: Store) -> None:
    page = agent.get("/helpdesk/figures?days=7").text
    pictures = re.findall(r'(?:src|srcset)="(/helpdesk/figures/[^"]+)"', page)
    sheets = re.findall(r'href="(/helpdesk/figures/[^"]+\.csv[^"]*)"', page)
    assert (len(pictures) >= 7, len(sheets)) == (True, 7)
    for address in pictures:
        response = agent.get(address.replace("&amp;", "&"))
        assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
        ElementTree.fromstring(response.data)
    for address in sheets:
        response = agent.get(address.replace("&amp;", "&"))
        assert (response.status_code, response.mimetype) == (200, "text/csv")
        assert "attachment" in response.headers["Content-Disposition"]


def test_nothing_on_the_page_needs_a_script(agent: Visitor, asked: Store) -> None:
    page = agent.get("/helpdesk/figures").text
    assert "<script" not in page
    assert " style=" not in page
    picture = agent.get("/helpdesk/figures/days.svg")
    assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert b"<script" not in picture.data


def test_a_question_that_looks_like_a_formula_is_a_text_in_the_sheet(agent: Visitor, asked: Store) -> None:
    sheet = agent.get("/helpdesk/figures/gaps.csv").data.decode("utf-8-sig")
    assert "\r\n'=cmd" in sheet


def test_the_sheet_speaks_the_language_of_the_page(agent: Visitor, asked: Store) -> None:
    assert "Ngày,Trả lời được" in agent.get("/helpdesk/figures/days.csv?lang=vi").data.decode("utf-8-sig")


@pytest.mark.parametrize("days", ["7", "30", "90", "1", "x", "٣"])
def test_a_period_is_one_of_those_on_offer(agent: Visitor, asked: Store, days: str) -> None:
    lines = agent.get(f"/helpdesk/figures/days.csv?days={days}").data.decode().splitlines()
    assert len(lines) == 1 + (int(days) if days in ("7", "30", "90") else USUAL)


def test_without_questions_it_says_so(agent: Visitor) -> None:
    assert "Nothing yet in this period" in agent.get("/helpdesk/figures").text


@pytest.mark.parametrize("path", ["/helpdesk/figures/x.svg", "/helpdesk/figures/x.csv"])
def test_an_unknown_figure_is_not_found(agent: Visitor, path: str) -> None:
    assert agent.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/helpdesk/figures", "/helpdesk/figures/days.svg", "/helpdesk/figures/gaps.csv"])
def test_whoever_is_not_logged_in_is_sent_to_log_in(visitor: Visitor, path: str) -> None:
    response = visitor.get(path)
    assert (response.status_code, "/helpdesk/login" in response.headers["Location"]) == (303, True)
