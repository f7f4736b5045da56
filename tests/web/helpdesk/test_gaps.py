"""An editor finds a gap, sees what an edit would change, makes it, and takes it back."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask

from faqbot.service import Service
from faqbot.store.access import Role
from faqbot.store.store import Store
from tests.web.helpdesk.conftest import Program, Visitor

QUESTION = "đặt phòng nhóm ra sao"
NASTY = "<script>alert('x')</script> phòng {{ 7 * 7 }} '; DROP TABLE edits; --"


@pytest.fixture
def editor(as_role: Callable[[Role], Visitor]) -> Visitor:
    return as_role(Role.EDITOR)


@pytest.fixture
def chat(app: Flask, service: Service) -> Callable[[str], dict[str, str]]:
    """Asks the bot, and waits until it is written down."""
    client = app.test_client(use_cookies=False)

    def ask(message: str) -> dict[str, str]:
        reply: dict[str, str] = client.post("/api/chat", json={"message": message}).get_json()
        assert service.store.writer.flush(5)
        return reply

    return ask


def first_gap(editor: Visitor) -> str:
    found = re.search(r'href="(/helpdesk/gaps/[0-9a-f]+)"', editor.get("/helpdesk/gaps").text)
    assert found is not None
    return found[1]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


SECTION = {
    "choice": "section",
    "document": "guide",
    "title_vi": "Phòng học nhóm",
    "title_en": "Study rooms",
    "body_vi": "Có 4 phòng.\r\n\r\n- Đặt trước một ngày.",
    "body_en": "There are 4 rooms.",
    "questions_vi": f"{QUESTION}\r\nmuốn giữ phòng học",
}


def make(editor: Visitor, **fields: str) -> str:
    """Look at an edit and make it; return the preview."""
    gap = first_gap(editor)
    page = editor.send(gap, to=f"{gap}/preview", **fields)
    assert page.status_code == 200
    sent = editor.send(gap, to=f"{gap}/save", kind=hidden(page.text, "kind"), content=hidden(page.text, "content"))
    assert sent.headers["Location"] == "/helpdesk/edits"
    return page.text


def test_from_a_gap_to_an_answer_and_back(editor: Visitor, chat: Callable[[str], dict[str, str]], store: Store) -> None:
    assert chat(QUESTION)["kind"] == "decline"
    page = make(editor, **SECTION)
    assert "becomes right" in page
    assert chat(QUESTION)["kind"] == "answer"
    assert QUESTION not in editor.get("/helpdesk/gaps").text
    assert editor.send("/helpdesk/edits", to="/helpdesk/edits/1/undo").status_code == 303
    assert chat(QUESTION)["kind"] == "decline"
    assert QUESTION in editor.get("/helpdesk/gaps").text
    assert [deed.action for deed in store.audit.list()][:2] == ["edit.undo", "edit.save"]


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"choice": "questions", "target": "guide/loans#2", "questions_en": "x loan y"}, "answer", "14 ngày"),
        ({"choice": "questions", "target": "guide/hours"}, "answer", "Thư viện mở cửa"),
        ({"choice": "topic-questions", "topic": "printing"}, "decline", "in ấn"),
        (
            {
                "choice": "topic",
                "title_vi": "Phòng",
                "title_en": "Rooms",
                "reply_vi": "Chưa có phòng nhé.",
                "reply_en": "No rooms yet.",
                "nearest": "guide/hours",
            },
            "decline",
            "Chưa có phòng nhé.",
        ),
    ],
)
def test_every_choice_changes_the_answer(
    fields: dict[str, str], kind: str, text: str, editor: Visitor, chat: Callable[[str], dict[str, str]]
) -> None:
    chat(QUESTION)
    make(editor, **{"questions_vi": QUESTION, **fields})
    reply = chat(QUESTION)
    assert reply["kind"] == kind
    assert text in reply["text"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"choice": "questions", "target": "guide/cellar"}, "There is no section “guide/cellar”"),
        ({"choice": "questions", "target": "guide/loans#99"}, "no longer holds"),
        ({"choice": "questions", "target": "guide/loans", "questions_vi": ""}, "at least one question"),
        ({"choice": "questions", "target": "guide/loans", "questions_vi": "em bị mất thẻ"}, "already a question"),
        ({**SECTION, "id": "loans"}, "The id “loans” is taken"),
        ({**SECTION, "body_en": "# Rooms"}, "holds a heading"),
        ({**SECTION, "body_en": ""}, "a title and a text"),
        ({"choice": "topic", "title_vi": "Phòng"}, "in both languages"),
        ({"choice": "topic-questions"}, "There is no topic"),
        ({"choice": "poem"}, "not complete"),
        ({}, "not complete"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_lost(
    fields: dict[str, str], words: str, editor: Visitor, chat: Callable[[str], dict[str, str]], store: Store
) -> None:
    chat(QUESTION)
    gap = first_gap(editor)
    response = editor.send(gap, to=f"{gap}/preview", **{"questions_vi": "câu của tôi", **fields})
    assert response.status_code == 422
    assert words in html.unescape(response.text)
    assert fields.get("questions_vi", "câu của tôi").split("\r\n")[0] in response.text
    assert store.edits.list() == ()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"document": 7}'])
def test_a_forged_edit_is_refused(
    content: str, editor: Visitor, chat: Callable[[str], dict[str, str]], store: Store
) -> None:
    chat(QUESTION)
    gap = first_gap(editor)
    assert editor.send(gap, to=f"{gap}/save", kind="questions", content=content).status_code == 422
    assert store.edits.list() == ()


def test_a_dismissed_gap_is_gone_until_it_is_taken_up_again(
    editor: Visitor, chat: Callable[[str], dict[str, str]]
) -> None:
    chat(QUESTION)
    gap = first_gap(editor)
    assert editor.send(gap, to=f"{gap}/dismiss").status_code == 303
    assert QUESTION not in editor.get("/helpdesk/gaps").text
    assert editor.get(gap).status_code == 404
    editor.send("/helpdesk/edits", to="/helpdesk/edits/reopen", question="dat phong nhom ra sao")
    assert QUESTION in editor.get("/helpdesk/gaps").text


def test_markup_is_shown_as_text(editor: Visitor, chat: Callable[[str], dict[str, str]]) -> None:
    chat(NASTY)
    gap = first_gap(editor)
    fields = {**SECTION, "title_vi": NASTY, "body_vi": NASTY, "questions_vi": NASTY, "id": "rooms"}
    pages = [
        editor.get("/helpdesk/gaps").text,
        editor.get(gap).text,
        editor.send(gap, to=f"{gap}/preview", **fields).text,
    ]
    make(editor, **fields)
    pages.append(editor.get("/helpdesk/edits").text)
    assert all("<script>alert" not in page and "{{ 7 * 7 }}" in page for page in pages)


def test_the_list_can_be_filtered(editor: Visitor, chat: Callable[[str], dict[str, str]]) -> None:
    chat(QUESTION)
    assert QUESTION in editor.get("/helpdesk/gaps?reason=declined&spoken=vi&order=trend").text
    for query in ("reason=unhelpful", "spoken=en", "reason=nonsense"):
        assert QUESTION not in editor.get(f"/helpdesk/gaps?{query}&order=last").text


@pytest.mark.parametrize("path", ["/helpdesk/gaps", "/helpdesk/gaps/abc", "/helpdesk/edits"])
def test_agents_may_not_change_the_knowledge(path: str, agent: Visitor, visitor: Visitor) -> None:
    assert agent.get(path).status_code == 403
    assert visitor.get(path).headers["Location"].startswith("/helpdesk/login")


@pytest.mark.parametrize(
    "path", ["gaps/abc/preview", "gaps/abc/save", "gaps/abc/dismiss", "edits/1/undo", "edits/reopen"]
)
def test_forms_need_their_token_and_the_role(path: str, editor: Visitor, agent: Visitor) -> None:
    assert editor.post(f"/helpdesk/{path}").status_code == 400
    assert agent.send("/helpdesk/", to=f"/helpdesk/{path}").status_code == 403


@pytest.mark.parametrize("number", ["7", "x", "9" * 30])
def test_an_edit_that_is_not_there_cannot_be_undone(number: str, editor: Visitor) -> None:
    assert editor.send("/helpdesk/edits", to=f"/helpdesk/edits/{number}/undo").status_code == 404


def test_programs_of_editors_read_the_gaps(
    app: Flask, store: Store, program: Program, chat: Callable[[str], dict[str, str]]
) -> None:
    chat(QUESTION)
    assert program.call("GET", "/gaps").status_code == 403
    token = store.tokens.create("curator", Role.EDITOR)
    found = Program(app.test_client(use_cookies=False), token).read("/gaps?limit=5")
    (gap,) = found["gaps"]
    assert (gap["question"], gap["count"], gap["reasons"], found["total"]) == (QUESTION, 1, {"declined": 1}, 1)
    assert len(gap["sections"]) == 3
