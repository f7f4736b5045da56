"""Bad networks, busy servers, reloads: nothing is lost, nothing is there twice."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.browser.chat import Chat
from tests.browser.conftest import Bot
from tests.browser.serving import serving
from tests.conftest import DATA

Visit = Callable[..., Page]
Host = Callable[..., str]


def test_a_message_that_failed_says_so_and_can_be_sent_again(chat: Chat, bot: Bot) -> None:
    bot.weather.fail(500)
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.failure).to_contain_text("This was not sent: something is wrong on our side.")
    chat.button("again").click()
    expect(chat.reply(0)).to_contain_text("2,000 dong")
    expect(chat.failure).to_have_count(0)
    expect(chat.mine).to_have_count(1)
    assert bot.weather.posted("/api/chat") == 2


def test_without_a_network_it_asks_to_check_the_connection(chat: Chat) -> None:
    chat.page.context.set_offline(True)
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.failure).to_contain_text("Please check your connection.")
    chat.page.context.set_offline(False)
    chat.button("again").click()
    expect(chat.reply(0)).to_contain_text("2,000 dong")


def test_a_message_that_failed_outlives_a_reload(chat: Chat, bot: Bot) -> None:
    bot.weather.fail(502)
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.failure).to_be_visible()
    chat.page.reload()
    chat.button("again").click()
    expect(chat.reply(0)).to_contain_text("2,000 dong")


def test_an_impatient_visitor_sends_nothing_twice(chat: Chat, bot: Bot) -> None:
    bot.weather.fail(500)
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    bot.weather.hold()
    chat.button("again").evaluate("(button) => { button.click(); button.click(); button.click(); }")
    bot.weather.held.set()
    chat.reply(0)
    expect(chat.replies).to_have_count(1)
    assert bot.weather.posted("/api/chat") == 2


def test_a_slow_server_leaves_a_sign_that_it_is_at_work_and_order_as_it_was(chat: Chat, bot: Bot) -> None:
    bot.weather.hold()
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.page.locator(".thinking")).to_contain_text("Looking for the answer…")
    chat.field.fill("are you open on Sunday")
    chat.field.press("Enter")
    bot.weather.held.set()
    expect(chat.replies).to_have_count(2)
    expect(chat.replies.first).to_contain_text("2,000 dong")
    expect(chat.replies.last).to_contain_text("closed on Sundays")
    expect(chat.page.locator(".thinking")).to_have_count(0)


def test_a_reload_while_a_message_is_on_its_way_loses_nothing(chat: Chat, bot: Bot) -> None:
    bot.weather.hold()
    chat.field.fill("overdue fee")
    with chat.page.expect_request("**/api/chat"):
        chat.field.press("Enter")
    chat.page.reload()
    bot.weather.held.set()
    expect(chat.mine).to_have_text("overdue fee")
    chat.button("again").click()
    expect(chat.reply(0)).to_contain_text("2,000 dong")
    expect(chat.mine).to_have_count(1)


def test_a_busy_server_says_when_to_try_again(chat: Chat, bot: Bot) -> None:
    chat.page.clock.install()
    bot.weather.fail(429, Retry_After="30")
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.failure).to_contain_text("You can send this again in 30 seconds.")
    chat.button("again").click(force=True)
    assert bot.weather.posted("/api/chat") == 1
    chat.page.clock.fast_forward(31_000)
    expect(chat.button("again")).not_to_have_attribute("aria-disabled", "true")
    chat.button("again").click()
    expect(chat.reply(0)).to_contain_text("2,000 dong")


def test_a_server_that_is_restarted_goes_on_where_it_was(visit: Visit, tmp_path: Path) -> None:
    settings = Settings(knowledge=DATA / "library", data=tmp_path)
    with serving(create_app(settings)) as server:
        chat = Chat(visit(f"http://127.0.0.1:{server.port}/?lang=en"))
        chat.ask("are you open on Sunday")
    chat.field.fill("tell me more")
    chat.field.press("Enter")
    expect(chat.failure).to_contain_text("check your connection")
    with serving(create_app(settings), server.port):
        chat.button("again").click()
        expect(chat.reply(1)).to_contain_text("under “Opening hours”")


def test_the_conversation_and_the_draft_outlive_reloads_and_moves(chat: Chat, host: Host) -> None:
    chat.ask("are you open on Sunday")
    chat.field.fill("and on Mon")
    chat.page.reload()
    expect(chat.reply(0)).to_contain_text("closed on Sundays")
    expect(chat.field).to_have_value("and on Mon")
    chat.page.goto(host("/next"))
    expect(chat.field).to_have_value("and on Mon")
    expect(chat.ask("tell me more")).to_contain_text("under “Opening hours”")


def test_two_tabs_are_two_conversations(chat: Chat) -> None:
    chat.ask("are you open on Sunday")
    second = Chat(chat.page.context.new_page())
    second.page.goto(chat.page.url)
    second.open()
    expect(second.mine).to_have_count(0)
    second.ask("overdue fee")
    expect(second.ask("tell me more")).to_contain_text("under “Late returns”")
    expect(chat.ask("tell me more")).to_contain_text("under “Opening hours”")
    expect(chat.mine).to_have_count(2)


def test_where_nothing_can_be_stored_it_works_all_the_same(visit: Visit, host: Host) -> None:
    page = visit("about:blank")
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no') }})")
    page.goto(host())
    expect(Chat(page).open().ask("overdue fee")).to_contain_text("2,000 dong")


def test_what_is_stored_by_something_else_is_ignored(visit: Visit, host: Host, bot: Bot) -> None:
    page = visit("about:blank")
    page.add_init_script(f"sessionStorage.setItem('faq-chat {bot.origin}/', '[{{]')")
    page.goto(host())
    expect(Chat(page).open().ask("overdue fee")).to_contain_text("2,000 dong")


def test_a_very_long_conversation_keeps_its_end(visit: Visit, host: Host, bot: Bot) -> None:
    page = visit("about:blank")
    entries = "Array.from({length: 200}, (_, at) => ({kind: 'agent', text: `message ${at}`}))"
    page.add_init_script(
        f"sessionStorage.getItem('faq-chat {bot.origin}/') ?? "
        f"sessionStorage.setItem('faq-chat {bot.origin}/', JSON.stringify({{entries: {entries}}}))"
    )
    page.goto(host())
    chat = Chat(page).open()
    chat.ask("overdue fee")
    page.reload()
    expect(chat.reply(0)).to_contain_text("2,000 dong")
    expect(page.locator("faq-chat .agent")).to_have_count(59)
