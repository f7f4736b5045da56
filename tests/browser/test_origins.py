"""The widget on a page of another origin, under the strictest of rules."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from faqbot.web.widget.script import widget_script
from tests.browser.chat import Chat
from tests.browser.conftest import Bot
from tests.browser.serving import Site, site

Visit = Callable[..., Page]
Host = Callable[..., str]


def strict(bot: Bot) -> str:
    """Return rules that allow a page the bot's script and server, and nothing else."""
    return (
        f"default-src 'none'; script-src {bot.origin}; connect-src {bot.origin}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_it_works_under_the_strictest_content_security_policy(visit: Visit, host: Host, bot: Bot) -> None:
    """A violation fails the test, by the fixture that opens the page."""
    chat = Chat(visit(host(Content_Security_Policy=strict(bot), script='data-accent="teal"'))).open()
    expect(chat.ask("how long can I keep a book").locator("mark")).to_have_text("The loan period is 14 days.")
    expect(chat.ask("renew late book")).to_be_visible()
    chat.hand_over("I need help")
    expect(chat.log).to_contain_text("A person has your message now")
    colour = chat.button("send").evaluate("(button) => getComputedStyle(button).backgroundColor")
    assert colour == "rgb(0, 128, 128)"


def test_it_works_on_a_page_that_isolates_itself(visit: Visit, host: Host) -> None:
    isolated = {"Cross_Origin_Embedder_Policy": "require-corp", "Cross_Origin_Opener_Policy": "same-origin"}
    chat = Chat(visit(host(**isolated))).open()
    assert chat.page.evaluate("() => crossOriginIsolated")
    chat.ask("overdue fee")


def test_it_asks_nobody_but_the_bot_and_sets_no_cookie(visit: Visit, host: Host, bot: Bot, other_site: Site) -> None:
    page = visit("about:blank")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.goto(host())
    chat = Chat(page).open()
    chat.ask("how long can I keep a book")
    chat.hand_over("I need help")
    assert [each.url for each in sent if not each.url.startswith((bot.origin, other_site.origin))] == []
    assert page.context.cookies() == []
    assert [each.url for each in sent if "/api/" in each.url and each.headers.get("referer")] == []


def test_a_page_that_is_not_on_the_list_gets_no_answer(visit: Visit, bot: Bot) -> None:
    with site() as stranger:
        address = stranger.publish("/", f'<html lang="en"><script src="{bot.origin}/widget.js" defer></script></html>')
        chat = Chat(visit(address)).open()
        chat.field.fill("overdue fee")
        chat.field.press("Enter")
        expect(chat.failure).to_contain_text("This was not sent.")
    assert bot.weather.posted("/api/chat") == 0


def test_a_busy_server_can_say_so_across_origins(chat: Chat, bot: Bot) -> None:
    bot.weather.fail(429, Retry_After="7")
    chat.field.fill("overdue fee")
    chat.field.press("Enter")
    expect(chat.failure).to_contain_text("in 7 seconds")


def test_styles_of_the_page_do_not_reach_it_nor_its_own_the_page(visit: Visit, host: Host) -> None:
    rules = (
        "<style>* { color: red !important; font-size: 40px; } button, p { display: none }</style><button>Site</button>"
    )
    chat = Chat(visit(host(body=rules)))
    expect(chat.button("open")).to_be_visible()
    chat.open()
    assert chat.field.evaluate("(field) => getComputedStyle(field).color") != "rgb(255, 0, 0)"
    assert chat.field.evaluate("(field) => getComputedStyle(field).fontSize") == "40px"
    expect(chat.page.locator("main h1")).to_have_css("color", "rgb(255, 0, 0)")


def test_it_leaves_nothing_behind_in_the_page_but_its_element(visit: Visit, host: Host, bot: Bot) -> None:
    plain = visit(host(script="data-manual"))
    names = set(plain.evaluate("() => Object.keys(window)"))
    chat = Chat(visit(host())).open()
    assert set(chat.page.evaluate("() => Object.keys(window)")) == names
    assert chat.page.evaluate("() => document.head.querySelectorAll('style, link').length") == 0


@pytest.mark.parametrize("word", ["eval(", "new Function", "innerHTML", "outerHTML", "document.write", "DOMParser"])
def test_the_script_has_no_way_to_run_or_parse_text(word: str) -> None:
    assert word not in widget_script().plain.decode()


def test_the_bots_own_page_is_a_form_until_the_script_is_there(visit: Visit, bot: Bot) -> None:
    page = visit(f"{bot.origin}/?lang=en", java_script_enabled=False)
    expect(page.get_by_label("Your question")).to_be_visible()
    page.get_by_label("Your question").fill("overdue fee")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply")).to_contain_text("2,000 dong")


def test_the_form_also_works_where_only_the_script_is_blocked(visit: Visit, bot: Bot) -> None:
    page = visit("about:blank")
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(f"{bot.origin}/?lang=en")
    page.get_by_label("Your question").fill("overdue fee")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("main > .reply")).to_contain_text("2,000 dong")
