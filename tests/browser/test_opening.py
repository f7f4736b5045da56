"""The button, the panel, and what a page can say about them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Bot

Visit = Callable[..., Page]
Host = Callable[..., str]

FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.className ?? 'page'"
CONTRAST = "() => axe.run('faq-chat', {runOnly: ['color-contrast']}).then(({violations}) => violations)"


def test_one_line_gives_a_page_a_named_button(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host()))
    expect(chat.button("open")).to_have_attribute("aria-expanded", "false")
    expect(chat.panel).to_be_hidden()


def test_the_panel_greets_and_offers_questions_of_the_knowledge(chat: Chat) -> None:
    expect(chat.log).to_contain_text("Ask in your own words")
    expect(chat.page.locator(".starters button")).to_have_text(
        [
            "are you open on Sunday",
            "how many books can I take home",
            "can I extend my loan",
            "what happens if I return it late",
        ]
    )


def test_a_question_to_start_with_is_asked_by_a_click(chat: Chat) -> None:
    chat.button("are you open on Sunday").click()
    expect(chat.reply(0).locator("mark")).to_have_text("It is closed on Sundays.")
    expect(chat.page.locator(".starters")).to_be_hidden()


def test_opening_moves_the_focus_to_the_field_and_escape_gives_it_back(chat: Chat) -> None:
    expect(chat.field).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.button("open")).to_be_focused()


def test_the_cross_closes_it(chat: Chat) -> None:
    chat.button("close").click()
    expect(chat.panel).to_be_hidden()
    expect(chat.button("open")).to_be_focused()


def test_everything_works_by_keyboard_alone(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host()))
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.type("are you open on Sunday")
    chat.page.keyboard.press("Enter")
    chat.reply(0)
    passed = set[str]()
    for _ in range(20):
        chat.page.keyboard.press("Tab")
        passed.add(str(chat.page.evaluate(FOCUSED)))
    assert {"page", "send", "tool", "source", "choice", "person", "log"} <= passed


def test_typing_in_the_panel_is_no_shortcut_of_the_page(chat: Chat) -> None:
    chat.page.evaluate("() => document.addEventListener('keydown', () => { document.title = 'shortcut'; })")
    chat.field.press_sequentially("s?")
    assert chat.page.title() == "Site"


def test_it_stays_open_or_closed_from_page_to_page_without_taking_the_focus(chat: Chat, host: Host, bot: Bot) -> None:
    chat.page.goto(host("/next"))
    expect(chat.panel).to_be_visible()
    assert chat.page.evaluate("() => document.activeElement.tagName") == "BODY"
    chat.button("close").click()
    chat.page.goto(host("/last", script="data-open"))
    expect(chat.button("open")).to_be_visible()
    expect(chat.panel).to_be_hidden()


def test_a_page_can_open_it_and_close_it(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(script="data-open")))
    expect(chat.panel).to_be_visible()
    chat.page.evaluate("() => document.querySelector('faq-chat').removeAttribute('open')")
    expect(chat.panel).to_be_hidden()
    chat.page.evaluate("() => document.querySelector('faq-chat').setAttribute('open', '')")
    expect(chat.panel).to_be_visible()


def test_a_page_can_name_it_and_greet(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(script='data-title="<b>Library</b>" data-greeting="Ask us & see"'))).open()
    expect(chat.page.get_by_role("heading", name="<b>Library</b>")).to_be_visible()
    expect(chat.log).to_contain_text("Ask us & see")
    expect(chat.page.get_by_role("dialog", name="<b>Library</b>")).to_be_visible()


@pytest.mark.parametrize(
    ("position", "left"), [("bottom-left", True), ("left", True), ("bottom-right", False), ("", False)]
)
def test_a_page_can_choose_the_side(visit: Visit, host: Host, position: str, left: bool) -> None:
    chat = Chat(visit(host(script=f'data-position="{position}"')))
    box = chat.button("open").bounding_box()
    assert box
    assert (box["x"] < 640) is left
    chat.open()
    box = chat.panel.bounding_box()
    assert box
    assert (box["x"] < 400) is left


@pytest.mark.parametrize("accent", ["#ff0", "navy", "oklch(0.8 0.2 20)", "rgb(255 255 255)", "not a colour; x"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_on_any_accent(visit: Visit, host: Host, axe: str, accent: str, scheme: str) -> None:
    page = visit(host(script=f'data-accent="{accent}"'), color_scheme=scheme, reduced_motion="reduce")
    chat = Chat(page).open()
    chat.ask("are you open on Sunday")
    chat.page.evaluate(axe)
    assert chat.page.evaluate(CONTRAST) == []


def test_an_element_of_the_page_stands_where_it_is_put(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(body='<section style="height: 500px"><faq-chat inline title="Help"></faq-chat></section>')))
    expect(chat.panel).to_be_visible()
    expect(chat.page.get_by_role("region", name="Help")).to_be_visible()
    expect(chat.page.locator(".launcher")).to_have_count(0)
    assert chat.page.locator("faq-chat").count() == 1
    chat.field.focus()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_visible()


def test_a_page_may_want_no_button(visit: Visit, host: Host) -> None:
    page = visit(host(script="data-manual"))
    page.wait_for_function("() => customElements.get('faq-chat')")
    expect(page.locator("faq-chat")).to_have_count(0)


def test_a_script_that_is_there_twice_makes_one_button(visit: Visit, host: Host, bot: Bot) -> None:
    chat = Chat(visit(host(body=f'<script src="{bot.origin}/widget.js" defer></script>')))
    expect(chat.button("open")).to_have_count(1)


def test_an_element_that_is_moved_goes_on(chat: Chat) -> None:
    chat.ask("are you open on Sunday")
    chat.page.evaluate("() => document.body.prepend(document.querySelector('faq-chat'))")
    expect(chat.replies).to_have_count(1)
    chat.ask("overdue fee")
    expect(chat.replies).to_have_count(2)
