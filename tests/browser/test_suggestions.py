"""Suggestions while typing, and input methods."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Bot


def suggestions_asked(bot: Bot) -> int:
    return bot.weather.seen.count(("GET", "/api/suggest"))


def test_what_is_typed_is_completed_and_chosen_by_the_arrow_keys(chat: Chat) -> None:
    chat.field.press_sequentially("how ")
    expect(chat.options).to_have_count(5)
    expect(chat.field).to_have_attribute("aria-expanded", "true")
    expect(chat.page.locator("faq-chat .status")).to_contain_text("Suggestions: 5.")
    chat.field.press("ArrowDown")
    chat.field.press("ArrowDown")
    expect(chat.options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(chat.field).to_have_attribute("aria-activedescendant", "option-1")
    text = chat.options.nth(1).inner_text()
    chat.field.press("Enter")
    chat.reply(0)
    assert chat.mine.inner_text().lower() == text.lower()
    expect(chat.options).to_have_count(0)
    expect(chat.field).to_have_value("")


def test_the_arrows_go_round_by_way_of_the_field(chat: Chat) -> None:
    chat.field.press_sequentially("how much is")
    expect(chat.options.first).to_be_visible()
    count = chat.options.count()
    chat.field.press("ArrowUp")
    expect(chat.options.last).to_have_attribute("aria-selected", "true")
    chat.field.press("ArrowDown")
    expect(chat.page.locator("[aria-selected=true]")).to_have_count(0)
    assert count > 0


def test_a_suggestion_is_taken_by_a_click(chat: Chat) -> None:
    chat.field.press_sequentially("how long")
    chat.options.first.click()
    expect(chat.reply(0).locator("mark")).to_have_text("The loan period is 14 days.")


def test_enter_sends_what_is_typed_unless_a_suggestion_is_chosen(chat: Chat) -> None:
    chat.field.press_sequentially("how long")
    expect(chat.options.first).to_be_visible()
    chat.field.press("Enter")
    expect(chat.mine).to_have_text("how long")


def test_escape_closes_the_list_first_and_then_the_panel(chat: Chat) -> None:
    chat.field.press_sequentially("how")
    expect(chat.options.first).to_be_visible()
    chat.field.press("Escape")
    expect(chat.options).to_have_count(0)
    expect(chat.field).to_have_value("how")
    expect(chat.panel).to_be_visible()
    chat.field.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_leaving_the_field_closes_the_list(chat: Chat) -> None:
    chat.field.press_sequentially("how")
    expect(chat.options.first).to_be_visible()
    chat.field.press("Tab")
    expect(chat.options).to_have_count(0)


def test_the_server_is_asked_only_when_typing_pauses(chat: Chat, bot: Bot) -> None:
    expect(chat.page.locator(".starters button")).to_have_count(4)
    before = suggestions_asked(bot)
    chat.field.press_sequentially("how long can I", delay=5)
    expect(chat.options.first).to_be_visible()
    assert suggestions_asked(bot) - before <= 2


def test_a_late_answer_never_takes_the_place_of_a_newer_one(chat: Chat) -> None:
    late: list[Route] = []
    chat.page.route("**/api/suggest?q=fine*", lambda route: late.append(route))
    with chat.page.expect_request("**/api/suggest?q=fine*"):
        chat.field.fill("fine")
    chat.field.fill("how long")
    expect(chat.options.first).to_have_text("how long can I keep a book")
    late[0].fulfill(json={"suggestions": [{"text": "late", "document": "guide", "id": "fines"}]})
    chat.page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(chat.options.first).to_have_text("how long can I keep a book")


def test_a_late_answer_does_not_open_the_list_once_the_question_is_sent(chat: Chat) -> None:
    late: list[Route] = []
    chat.page.route("**/api/suggest?q=overdue*", lambda route: late.append(route))
    with chat.page.expect_request("**/api/suggest?q=overdue*"):
        chat.field.fill("overdue fee")
    chat.field.press("Enter")
    chat.reply(0)
    late[0].fulfill(json={"suggestions": [{"text": "late", "document": "guide", "id": "fines"}]})
    chat.page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(chat.options).to_have_count(0)


def test_without_suggestions_typing_goes_on(chat: Chat) -> None:
    chat.page.route("**/api/suggest?*", lambda route: route.abort())
    chat.field.press_sequentially("overdue fee")
    chat.field.press("Enter")
    expect(chat.reply(0)).to_contain_text("2,000 dong")


def test_suggestions_come_without_diacritics_too(visit: Callable[..., Page], host: Callable[..., str]) -> None:
    chat = Chat(visit(host(lang="vi")), "vi").open()
    chat.field.press_sequentially("muon duoc bao")
    expect(chat.options.first).to_have_text("mượn được bao lâu")
    expect(chat.options.first).to_have_attribute("lang", "vi")


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_while_an_input_method_composes_its_keys_are_its_own(chat: Chat, bot: Bot, key: str) -> None:
    """Composition as an input method does it, through the browser's own interface."""
    chat.field.focus()
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Input.imeSetComposition", {"text": "mượn", "selectionStart": 4, "selectionEnd": 4})
    session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": key, "code": key}
    )
    expect(chat.panel).to_be_visible()
    expect(chat.field).to_have_value("mượn")
    expect(chat.mine).to_have_count(0)
    session.send("Input.insertText", {"text": "mượn"})
    chat.field.press("Enter")
    expect(chat.mine).to_have_text("mượn")
    chat.reply(0)
    assert bot.weather.posted("/api/chat") == 1
