"""What of a ticket was written to be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.helpdesk.message import without_pleas, written
from faqbot.language.token import tokens

QUESTION = "Máy ảo cần bao nhiêu RAM?"


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        f"Kính gửi bộ phận IT,\n\n{QUESTION}\n",
        f"Dear all,\r\n{QUESTION}\r\n",
        f"{QUESTION}\n-- \nNguyễn Thị Lan",
        f"{QUESTION}\n> earlier\n> words",
        f"{QUESTION}\nOn Mon, 2 Mar 2026 at 10:00, Tom <tom@example.org> wrote:\n{QUESTION} again",
        f"{QUESTION}\nVào Th 2, 2 thg 3, 2026 vào lúc 10:00 Tuấn <t@example.org> đã viết:\nchào",
        f"{QUESTION}\n-----Original Message-----\nFrom: Tom",
        f"{QUESTION}\nSent from my iPhone",
    ],
)
def test_what_is_around_a_question_is_left_out(text: str) -> None:
    assert written(text) == QUESTION


@pytest.mark.parametrize("closing", ["Trân trọng,", "Kind regards,", "Em cảm ơn ạ", "Best", "Thanks!"])
def test_what_follows_a_closing_is_left_out(closing: str) -> None:
    assert written(f"Chào anh chị,\n{QUESTION}\n{closing}\nLan\nKế toán | 0912") == QUESTION


@pytest.mark.parametrize(
    "text",
    [
        f"Chào anh chị, phòng em đang dùng VMware và muốn chuyển sang KVM. {QUESTION}",
        "Thanks for the guide. How do I renew a book?",
        "Gửi sách ở đâu?",
        "Best practice for books?",
        "> only a quotation",
        "-- only a signature",
        "",
    ],
)
def test_what_may_be_the_question_stays(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Cần hỗ trợ gấp", ""),
        ("can ho tro gap", ""),
        ("URGENT: need help", ""),
        ("Need help with backups", "with backup"),
        ("KVM hỗ trợ phần cứng nào", "kvm ho tro phan cung nao"),
    ],
)
def test_pleas_say_nothing_of_the_matter(text: str, left: str) -> None:
    assert " ".join(word.stem for word in without_pleas(tokens(text))) == left


@given(st.text())
def test_something_is_left_of_any_text_and_nothing_is_added(text: str) -> None:
    left = written(text)
    assert bool(left) == bool(text.strip())
    assert {line.strip() for line in left.splitlines()} <= {line.strip() for line in text.splitlines()}
