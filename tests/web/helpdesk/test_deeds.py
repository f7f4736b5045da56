"""The audit speaks the language of its reader."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import faqbot
from faqbot.language.pack import LanguagePack, language_pack, language_packs
from faqbot.store.audit import Deed
from faqbot.web.helpdesk.deeds import told

CALLS = re.compile(r'(?:audit\.note|\._note|\b_done)\((?:[^"]*?)"([a-z]+(?:\.[a-z]+)?)"')
ACTIONS = sorted(
    {name for path in Path(faqbot.__file__).parent.rglob("*.py") for name in CALLS.findall(path.read_text("utf-8"))}
)


def deed(action: str, subject: str = "#7", detail: str = "", actor: str = "lan") -> Deed:
    return Deed(1, datetime(2026, 3, 1, tzinfo=UTC), actor, action, subject, detail)


@pytest.mark.parametrize("pack", language_packs(), ids=lambda pack: pack.code)
def test_every_action_that_is_written_down_has_words(pack: LanguagePack) -> None:
    assert {"session.login", "ticket.status", "notice.again", "hook.add", "purge"} <= set(ACTIONS)
    assert [action for action in ACTIONS if told(deed(action), pack).action == action] == []


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        ("ticket.status", "waiting → solved", "Chờ người hỏi → Đã xong"),
        ("ticket.status", "new → open (API)", "Mới → Đang xử lý (API)"),
        ("ticket.assign", "– → lan", "– → lan"),
        ("user.add", "editor", "Biên tập viên"),
        ("edit.save", "topic-questions: parking", "Tài liệu không có: thêm câu hỏi: parking"),
        ("purge", "12 questions and 3 tickets older than 90 days", "12 câu hỏi, 3 yêu cầu"),
        ("notice.again", "ticket.replied #7 → mail:team", "trả lời #7 → Nhóm hỗ trợ, qua email"),
        ("notice.discard", "ticket.replied #None → crm", "trả lời #None → crm"),
    ],
)
def test_details_are_said_in_words(action: str, detail: str, words: str) -> None:
    assert told(deed(action, detail=detail), language_pack("vi")).detail == words


@pytest.mark.parametrize("action", ["ticket.status", "user.add", "edit.save", "purge", "notice.again", "ticket.flown"])
@pytest.mark.parametrize("detail", ["", "?", "a → ", "ticket.x #1", "x: y"])
def test_what_has_no_words_stays_as_it_was_written(action: str, detail: str) -> None:
    assert told(deed(action, detail=detail), language_pack("en")).detail == detail
    assert told(deed("ticket.flown"), language_pack("en")).action == "ticket.flown"


@pytest.mark.parametrize(
    ("subject", "words", "ticket"),
    [("#7", "#7", "7"), ("7", "7", None), ("90 days", "90 ngày", None), ("*", "tất cả", None), ("lan", "lan", None)],
)
def test_what_was_changed_is_named(subject: str, words: str, ticket: str | None) -> None:
    found = told(deed("ticket.note", subject), language_pack("vi"))
    assert (found.subject, found.ticket) == (words, ticket)


def test_the_command_line_has_a_name_in_every_language() -> None:
    assert told(deed("purge", actor="command line"), language_pack("vi")).actor == "dòng lệnh"
