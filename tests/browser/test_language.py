"""Two languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chat import Chat
from tests.browser.conftest import Bot

Visit = Callable[..., Page]
Host = Callable[..., str]


@pytest.mark.parametrize(
    ("page", "script", "browser_language", "language"),
    [
        ("vi", "", "en", "vi"),
        ("en-GB", "", "vi", "en"),
        ("en", 'data-lang="vi"', "en", "vi"),
        ("fr", "", "en", "vi"),
        ("", "", "en-US", "en"),
    ],
)
def test_at_first_it_speaks_the_language_of_the_page(
    visit: Visit, host: Host, page: str, script: str, browser_language: str, language: str
) -> None:
    chat = Chat(visit(host(lang=page, script=script), locale=browser_language), language)
    expect(chat.button("open")).to_be_visible()


def test_switching_changes_every_word_but_those_of_the_conversation(chat: Chat) -> None:
    chat.ask("are you open on Sunday")
    chat.button("Tiếng Việt").click()
    vietnamese = Chat(chat.page, "vi")
    for name in ("close", "send", "person", "helpful"):
        expect(vietnamese.button(name).first).to_be_visible()
    expect(chat.field).to_have_attribute("placeholder", "Nhập câu hỏi của bạn…")
    expect(chat.log).to_contain_text("Chào bạn!")
    expect(chat.reply(0).locator("mark")).to_have_text("It is closed on Sundays.")
    expect(chat.button("Tiếng Việt")).to_have_attribute("aria-pressed", "true")
    languages = chat.page.locator("faq-chat [data-say]").evaluate_all("(nodes) => nodes.map((node) => node.lang)")
    assert set(languages) == {"vi"}


def test_each_message_names_its_language(chat: Chat) -> None:
    chat.ask("are you open on Sunday")
    chat.ask("chủ nhật có mở cửa không")
    chat.ask("muon duoc bao lau")
    assert [reply.locator(".text").get_attribute("lang") for reply in chat.replies.all()] == ["en", "vi", "vi"]
    assert [mine.get_attribute("lang") for mine in chat.mine.all()] == ["en", "vi", "vi"]


def test_the_choice_is_kept_and_goes_before_the_language_of_a_question(chat: Chat, host: Host) -> None:
    chat.button("Tiếng Việt").click()
    chat.page.goto(host("/next"))
    expect(chat.log).to_contain_text("Chào bạn!")
    expect(chat.ask("are you open on Sunday").locator("mark")).to_have_text("Chủ nhật thư viện nghỉ.")


def test_without_a_choice_the_answer_is_in_the_language_of_the_question_else_of_the_page(chat: Chat) -> None:
    expect(chat.ask("chủ nhật có mở cửa không").locator("mark")).to_have_text("Chủ nhật thư viện nghỉ.")
    chat.page.evaluate("() => sessionStorage.clear()")
    chat.page.reload()
    chat.open()
    expect(chat.ask("🎉")).to_contain_text("I did not understand")


def test_it_follows_a_page_that_changes_its_language(chat: Chat) -> None:
    chat.page.evaluate("() => { document.querySelector('faq-chat').lang = 'vi'; }")
    expect(chat.log).to_contain_text("Chào bạn!")
    expect(chat.page.locator(".starters button").first).to_have_text("chủ nhật có mở cửa không")


def test_what_may_be_asked_first_follows_a_language_that_changes_while_it_is_fetched(visit: Visit, host: Host) -> None:
    page = visit(host())
    late: list[Route] = []
    page.route("**/api/suggest?*lang=en*", lambda route: late.append(route))
    with page.expect_request("**/api/suggest?*lang=en*"):
        chat = Chat(page).open()
    chat.button("Tiếng Việt").click()
    late[0].fulfill(json={"suggestions": [{"text": "late", "document": "guide", "id": "fines"}]})
    expect(page.locator(".starters button").first).to_have_text("chủ nhật có mở cửa không")


def test_the_bots_own_page_changes_with_it(visit: Visit, bot: Bot) -> None:
    chat = Chat(visit(f"{bot.origin}/?lang=en"))
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Questions and answers")
    chat.button("Tiếng Việt").click()
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Hỏi đáp")
    expect(chat.page.get_by_role("link", name="Thư viện trường")).to_have_attribute(
        "href", f"{bot.origin}/kb/guide?lang=vi"
    )
    expect(chat.page).to_have_title("Hỏi đáp")
    assert chat.page.evaluate("() => document.documentElement.lang") == "vi"
    chat.page.reload()
    expect(chat.log).to_contain_text("Chào bạn!")
    expect(chat.page.get_by_role("heading", level=1)).to_have_text("Hỏi đáp")
