"""The helpdesk's console in a real browser, at the width of a desk and of a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from faqbot.store.ticket import NewTicket
from tests.browser.console import PASSWORD, Console, is_too_wide, log_in

Visit = Callable[..., Page]
SIZES = pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 800}, {"width": 360, "height": 740}], ids=["desk", "phone"]
)


@SIZES
def test_an_agent_answers_a_ticket_with_a_draft(visit: Visit, console: Console, size: dict[str, int]) -> None:
    ticket, secret = console.service.hand_over(
        NewTicket("Dear team,\nhow long may I keep a book?\nRegards, An", "web", "en", name="An")
    )
    page = visit(f"{console.origin}/helpdesk", viewport=size, locale="en-US")
    log_in(page)
    page.get_by_role("link", name="how long may I keep a book").click()
    assert not is_too_wide(page)
    page.get_by_role("link", name="Use the draft of Borrowing books").click()
    box = page.get_by_label("What the requester will read")
    expect(box).to_be_focused()
    expect(box).to_have_value(
        "Hello An,\n\nThis is what the documentation says about your question:\n\nThe loan period is 14 days.\n\n"
        "Borrowing books\nYou need your student card to borrow books.\n- You may borrow up to 5 books at a time.\n"
        "- The loan period is 14 days.\n\nIf anything is still unclear, just reply to this message."
    )
    page.get_by_role("button", name="Send and solve").click()
    expect(page.locator(".head .badge")).to_have_text("Solved")
    reply = console.service.store.tickets.entries(ticket.id)[1]
    assert (reply.author, "The loan period is 14 days." in reply.text) == ("Hoa", True)
    state = page.request.get(f"{console.origin}/api/handoff/{secret}").json()
    assert (state["status"], state["messages"][-1]["text"]) == ("solved", reply.text)


@SIZES
def test_notes_assignee_and_status_are_set(visit: Visit, console: Console, size: dict[str, int]) -> None:
    console.service.hand_over(NewTicket("help me", "web", "en"))
    page = visit(f"{console.origin}/helpdesk/tickets/1", viewport=size, locale="en-US")
    expect(page.get_by_label("Name")).to_be_focused()
    page.get_by_label("Name").fill("Hoa")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Add an internal note").click()
    page.get_by_label("Only agents see this note").fill("<b>call back</b>")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".line.note .text")).to_have_text("<b>call back</b>")
    page.get_by_role("button", name="Take this ticket").click()
    expect(page.get_by_label("Assignee")).to_have_value("Hoa")
    page.get_by_label("Status").select_option("waiting")
    page.locator("form", has=page.get_by_label("Status")).get_by_role("button").click()
    expect(page.locator(".head .badge")).to_have_text("Waiting")
    page.get_by_role("link", name="Audit").click()
    expect(page.get_by_role("cell", name="assigned")).to_be_visible()
    assert not is_too_wide(page)


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_inbox_fits_and_speaks_vietnamese(
    visit: Visit, console: Console, size: dict[str, int], scheme: str
) -> None:
    for text in ("a" * 400, "<script>document.title = 'taken over'</script>", *["Xin gặp thủ thư"] * 10):
        console.service.hand_over(NewTicket(text, "web", "vi", name="Nguyễn Thị Ánh Tuyết Hồng Nhung" * 3))
    page = visit(f"{console.origin}/helpdesk", viewport=size, locale="en-US", color_scheme=scheme)
    log_in(page)
    page.get_by_role("link", name="VI").click()
    expect(page.get_by_role("link", name="Chưa xong 12")).to_be_visible()
    expect(page).to_have_title("Hộp thư – Bàn hỗ trợ")
    assert not is_too_wide(page)
    page.get_by_role("link", name="Của tôi").click()
    expect(page.get_by_text("Không có yêu cầu nào ở đây")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
