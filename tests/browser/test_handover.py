"""Talking to a person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Bot

Visit = Callable[..., Page]
Host = Callable[..., str]


def deliver_and_lose_the_response(route: Route) -> None:
    """Let what is written arrive, without a word to the visitor."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_a_message_goes_to_a_person_with_what_was_talked_about(chat: Chat, bot: Bot) -> None:
    chat.ask("overdue fee")
    chat.button("person").click()
    expect(chat.form.get_by_label("Your message")).to_be_focused()
    expect(chat.form.get_by_label("Your message")).to_have_value("overdue fee")
    chat.form.get_by_label("Your message").fill("I paid already")
    chat.form.get_by_label("Name (optional)").fill("An")
    chat.form.get_by_label("Email or phone (optional)").fill("an@example.com")
    chat.button("form").click()
    expect(chat.log).to_contain_text("A person has your message now (no. 1).")
    ticket = bot.desk.ticket()
    assert (ticket.name, ticket.contact, ticket.language) == ("An", "an@example.com", "en")
    assert (bot.desk.said(), bot.desk.transcript()) == (["I paid already"], ["overdue fee"])
    expect(chat.field).to_be_focused()


def test_name_and_contact_may_be_left_out(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    assert bot.desk.said() == ["I need help"]
    assert (bot.desk.ticket().name, bot.desk.ticket().contact) == (None, None)


def test_an_empty_message_is_pointed_out(chat: Chat, bot: Bot) -> None:
    chat.button("person").click()
    chat.form.locator("textarea").fill("  ")
    chat.button("form").click()
    expect(chat.page.get_by_role("alert")).to_have_text("Please write a message first.")
    expect(chat.form.locator("textarea")).to_be_focused()
    expect(chat.form.locator("textarea")).to_have_attribute("aria-invalid", "true")
    assert bot.weather.posted("/api/handoff") == 0


def test_a_reply_appears_in_the_conversation(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    bot.desk.reply("Which book <b>is</b> it?")
    expect(chat.page.locator("faq-chat .agent")).to_have_text("Which book <b>is</b> it?", timeout=10_000)
    expect(chat.log).to_contain_text("Support")


def test_messages_go_to_the_person_until_the_visitor_wants_the_assistant_again(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    expect(chat.page.locator(".recipient")).to_contain_text("Your messages go to a person (no. 1).")
    chat.field.fill("It is urgent")
    chat.field.press("Enter")
    expect(chat.page.locator(".delivered")).to_have_text(["Sent", "Sent"])
    assert bot.desk.said() == ["I need help", "It is urgent"]
    chat.button("Ask the assistant").click()
    expect(chat.ask("overdue fee")).to_contain_text("2,000 dong")
    chat.button("Write to the person").click()
    chat.field.fill("Thanks")
    chat.field.press("Enter")
    expect(chat.page.locator(".delivered")).to_have_count(3)
    assert bot.desk.said()[-1] == "Thanks"


def test_replies_are_there_after_a_reload_and_only_once(chat: Chat, bot: Bot, host: Host) -> None:
    chat.hand_over("I need help")
    bot.desk.reply("first")
    agent = chat.page.locator("faq-chat .agent")
    expect(agent).to_have_text(["first"], timeout=10_000)
    bot.desk.reply("second")
    chat.page.goto(host("/next"))
    expect(agent).to_have_text(["first", "second"])
    chat.page.reload()
    expect(agent).to_have_text(["first", "second"])


def test_while_the_panel_is_closed_nobody_is_asked(chat: Chat, bot: Bot) -> None:
    chat.page.clock.install()
    chat.hand_over("I need help")
    chat.button("close").click()
    bot.desk.reply("hello")
    before = len(bot.weather.seen)
    chat.page.clock.fast_forward(120_000)
    assert len(bot.weather.seen) == before
    chat.button("open").click()
    expect(chat.page.locator("faq-chat .agent")).to_have_text("hello")


def test_the_end_of_a_request_is_told_and_the_assistant_takes_over(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    bot.desk.reply("done")
    bot.desk.solve()
    chat.page.reload()
    expect(chat.log).to_contain_text("This request has been marked as solved.")
    expect(chat.page.locator(".recipient")).to_be_hidden()
    expect(chat.ask("overdue fee")).to_contain_text("2,000 dong")


def test_where_nobody_can_be_reached_the_contact_is_shown_and_nothing_is_lost(chat: Chat, bot: Bot) -> None:
    bot.desk.close("1900 1234")
    chat.button("person").click()
    chat.form.locator("textarea").fill("I need help")
    chat.button("form").click()
    expect(chat.page.get_by_role("alert")).to_contain_text("Contact: 1900 1234.")
    chat.page.reload()
    bot.desk.open()
    chat.button("person").click()
    expect(chat.form.locator("textarea")).to_have_value("I need help")
    chat.button("form").click()
    expect(chat.log).to_contain_text("A person has your message now")


@pytest.mark.parametrize(("status", "words"), [(500, "something is wrong on our side"), (429, "again in 30 seconds")])
def test_a_form_that_failed_says_so(chat: Chat, bot: Bot, status: int, words: str) -> None:
    chat.button("person").click()
    chat.form.locator("textarea").fill("I need help")
    bot.weather.fail(status)
    chat.button("form").click()
    expect(chat.page.get_by_role("alert")).to_contain_text(words)
    chat.button("form").click()
    expect(chat.log).to_contain_text("A person has your message now")


def test_a_form_is_sent_once_however_often_the_button_is_pressed(chat: Chat, bot: Bot) -> None:
    chat.button("person").click()
    chat.form.locator("textarea").fill("I need help")
    chat.button("form").evaluate("(button) => { button.click(); button.click(); }")
    expect(chat.log).to_contain_text("A person has your message now")
    assert bot.weather.posted("/api/handoff") == 1


def test_a_message_that_arrived_though_nobody_said_so_is_not_sent_again(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    chat.page.route("**/api/handoff/*", deliver_and_lose_the_response)
    chat.field.fill("It is urgent")
    chat.field.press("Enter")
    expect(chat.failure).to_be_visible()
    chat.page.unroute("**/api/handoff/*")
    chat.button("again").click()
    expect(chat.failure).to_have_count(0)
    expect(chat.page.locator(".delivered")).to_have_count(2)
    assert bot.desk.said() == ["I need help", "It is urgent"]


def test_a_message_that_did_not_arrive_is_sent_again(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    bot.weather.fail(500)
    chat.field.fill("It is urgent")
    chat.field.press("Enter")
    chat.button("again").click()
    expect(chat.page.locator(".delivered")).to_have_count(2)
    assert bot.desk.said() == ["I need help", "It is urgent"]


def test_a_ticket_that_is_gone_is_told(chat: Chat, bot: Bot) -> None:
    chat.hand_over("I need help")
    chat.page.route("**/api/handoff/*", lambda route: route.fulfill(status=404, json={}))
    chat.page.reload()
    expect(chat.log).to_contain_text("This request is closed.")
    expect(chat.page.locator(".recipient")).to_be_hidden()


def test_escape_and_the_way_back_leave_the_form_for_the_conversation(chat: Chat) -> None:
    chat.button("person").click()
    chat.page.keyboard.press("Escape")
    expect(chat.form).to_be_hidden()
    expect(chat.field).to_be_focused()
    chat.button("person").click()
    chat.button("Back to the chat").click()
    expect(chat.log).to_be_visible()
    expect(chat.panel).to_be_visible()
