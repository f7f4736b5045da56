"""The widget for everybody: WCAG 2.2 AA, checked by axe-core and by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Bot

Visit = Callable[..., Page]
Host = Callable[..., str]

QUESTIONS = {
    "vi": {"answer": "mượn được bao lâu", "clarify": "gia hạn sách trả muộn", "decline": "em bị mất thẻ"},
    "en": {"answer": "how long can I keep a book", "clarify": "renew late book", "decline": "I lost my card"},
}
STATES = [
    "closed",
    "open",
    "answer",
    "clarify",
    "decline",
    "typing",
    "form",
    "form with an error",
    "ticket",
    "failure",
    "busy",
]


STILL = """() => Promise.all(document.querySelector("faq-chat").shadowRoot.getAnimations()
  .filter((each) => each.effect.getTiming().iterations !== Infinity)
  .map((each) => each.finished))"""
TOO_SMALL = """(nodes) => nodes.map((node) => node.getBoundingClientRect())
  .filter(({width, height}) => width && (width < 24 || height < 20)).length"""


def bring_about(state: str, chat: Chat, bot: Bot, language: str) -> None:
    """Do what a visitor does to get there."""
    if state == "closed":
        return
    chat.open()
    expect(chat.page.locator(".starters button")).to_have_count(4)
    if state in ("answer", "clarify", "decline"):
        expect(chat.ask(QUESTIONS[language][state])).to_have_class(f"reply {state}")
    elif state == "typing":
        chat.field.press_sequentially(QUESTIONS[language]["answer"][:5])
        expect(chat.options.first).to_be_visible()
        chat.field.press("ArrowDown")
    elif state.startswith("form"):
        chat.button("person").click()
        if state == "form with an error":
            chat.button("form").click()
            expect(chat.page.get_by_role("alert")).not_to_be_empty()
    elif state == "ticket":
        chat.hand_over("help")
        bot.desk.reply("Xin chào")
        expect(chat.page.locator("faq-chat .agent")).to_be_visible(timeout=10_000)
    elif state in ("failure", "busy"):
        bot.weather.fail({"failure": 500, "busy": 429}[state])
        chat.field.fill("x")
        chat.field.press("Enter")
        expect(chat.failure).to_be_visible()


def violations(page: Page, axe: str) -> list[Any]:
    """Return what axe-core finds, once nothing moves any more."""
    page.evaluate(STILL)
    page.evaluate(axe)
    found: list[Any] = page.evaluate("() => axe.run().then(({violations}) => violations)")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(
    visit: Visit, host: Host, bot: Bot, axe: str, language: str, scheme: str, state: str
) -> None:
    chat = Chat(visit(host(lang=language), color_scheme=scheme), language)
    bring_about(state, chat, bot, language)
    assert violations(chat.page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["open", "answer", "form"])
def test_axe_finds_nothing_on_a_phone(visit: Visit, host: Host, bot: Bot, axe: str, scheme: str, state: str) -> None:
    page = visit(host(), color_scheme=scheme, viewport={"width": 320, "height": 640}, has_touch=True)
    bring_about(state, Chat(page), bot, "en")
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/?lang=vi", "/?lang=en", "/kb/guide?lang=en", "/kb/guide/loans?lang=vi"])
def test_axe_finds_nothing_on_the_bots_own_pages(visit: Visit, bot: Bot, axe: str, path: str, scheme: str) -> None:
    page = visit(bot.origin + path, color_scheme=scheme)
    page.evaluate(axe)
    assert page.evaluate("() => axe.run().then(({violations}) => violations)") == []


def test_replies_are_announced_and_a_change_of_language_is_not(chat: Chat) -> None:
    expect(chat.log).to_have_attribute("aria-relevant", "additions")
    expect(chat.log).to_have_accessible_name("Conversation")
    chat.ask("overdue fee")
    bubble = chat.mine.element_handle()
    chat.button("Tiếng Việt").click()
    assert chat.mine.element_handle() is not None
    assert chat.page.evaluate("([one]) => one.isConnected", [bubble])


def test_who_speaks_is_said_to_those_who_do_not_see_it(chat: Chat) -> None:
    chat.ask("overdue fee")
    assert chat.log.inner_text().index("You:") < chat.log.inner_text().index("Assistant:")


def test_on_a_phone_the_page_behind_is_out_of_reach(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), viewport={"width": 320, "height": 640}, has_touch=True)).open()
    for _ in range(25):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("() => document.activeElement.tagName") in ("FAQ-CHAT", "BODY")
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.button("open")).to_be_focused()


def test_no_keyboard_pops_up_on_a_phone_until_it_is_wanted(visit: Visit, host: Host) -> None:
    page = visit(host(), viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    chat = Chat(page).open()
    expect(chat.panel).to_be_focused()
    chat.page.locator(".starters button").first.click()
    chat.reply(0)
    expect(chat.field).not_to_be_focused()


def test_turning_a_phone_or_widening_a_window_keeps_the_panel_and_its_draft(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), viewport={"width": 400, "height": 700})).open()
    chat.field.fill("overdue fee")
    chat.page.set_viewport_size({"width": 1000, "height": 700})
    expect(chat.panel).not_to_have_css("width", "400px")
    expect(chat.field).to_have_value("overdue fee")
    chat.page.set_viewport_size({"width": 400, "height": 700})
    expect(chat.panel).to_have_css("width", "400px")


def test_without_motion_nothing_moves(visit: Visit, host: Host, bot: Bot) -> None:
    chat = Chat(visit(host(), reduced_motion="reduce")).open()
    bot.weather.hold()
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.page.locator(".thinking")).to_be_visible()
    assert chat.page.evaluate("() => document.querySelector('faq-chat').shadowRoot.getAnimations().length") == 0


def test_where_colours_are_forced_buttons_have_edges(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), forced_colors="active"))
    expect(chat.button("open")).to_have_css("border-top-style", "solid")
    chat.open()
    expect(chat.button("send")).to_have_css("border-top-style", "solid")
    assert chat.page.evaluate("() => matchMedia('(forced-colors: active)').matches")


def test_more_contrast_makes_quiet_words_as_dark_as_the_others(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), contrast="more")).open()
    chat.ask("may I borrow eight books")
    ink = chat.panel.evaluate("(panel) => getComputedStyle(panel).color")
    expect(chat.page.locator(".also .heading")).to_have_css("color", ink)


def test_every_control_is_large_enough_to_hit(chat: Chat) -> None:
    chat.ask("may I borrow eight books")
    controls = chat.page.locator("faq-chat :is(button, a.source, input)")
    assert controls.evaluate_all(TOO_SMALL) == 0
