"""What an answer, a question back and a refusal look like, and what can be done with them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.browser.chat import Chat
from tests.browser.conftest import Bot
from tests.browser.serving import serving

Visit = Callable[..., Page]

HOSTILE = (
    """# <b>Bold</b> & <script>document.title = "taken"</script>

## Tags <img src=x onerror="document.title='taken'"> {#tags}

Write <script>document.title = "taken"</script> and <img src=x onerror="document.title='taken'"> with &amp; and < > in
a page.
See [the manual](https://example.com/a?b=1&c=2 "title"), [this](javascript:document.title='taken') or [here](other).

> A quotation

| Tag | Use |
|---|---|
| `<b>` | bold |

1. first
2. second

```
<style>* { display: none }</style>
```

"""
    + "Averylongword" * 60
)


@pytest.fixture
def hostile(tmp_path: Path, bot: Bot) -> Iterator[str]:
    """The address of a bot whose knowledge is full of markup."""
    folder = tmp_path / "knowledge" / "notes"
    folder.mkdir(parents=True)
    (folder / "notes.en.md").write_text(HOSTILE, "utf-8")
    (folder / "questions.yaml").write_text('tags: {questions: [{en: ["which tags <b>are</b> there"]}]}', "utf-8")
    with serving(create_app(Settings(knowledge=folder.parent, data=tmp_path / "data"))) as server:
        yield f"http://127.0.0.1:{server.port}/?lang=en"


def test_an_answer_has_title_text_passage_and_a_link_to_its_section(chat: Chat, bot: Bot) -> None:
    reply = chat.ask("how long can I keep a book")
    expect(reply.get_by_role("heading", level=3)).to_have_text("Borrowing books")
    expect(reply.locator("mark")).to_have_text("The loan period is 14 days.")
    expect(reply).to_contain_text("You need your student card to borrow books.")
    link = reply.get_by_role("link", name="Open this section (in a new tab)")
    expect(link).to_have_attribute("href", f"{bot.origin}/kb/guide/loans?lang=en")
    with chat.page.expect_popup() as popup:
        link.click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text("Borrowing books")
    assert popup.value.evaluate("() => window.opener") is None


@pytest.mark.parametrize(("button", "helpful"), [("Helpful", True), ("Not helpful", False)])
def test_an_answer_can_be_rated_and_the_rating_is_kept(chat: Chat, bot: Bot, button: str, helpful: bool) -> None:
    chat.ask("overdue fee")
    chat.button(button).click()
    expect(chat.button(button)).to_have_attribute("aria-pressed", "true")
    expect(chat.status).to_contain_text("Thank you for telling us.")
    assert bot.desk.verdicts() == [helpful]
    chat.page.reload()
    expect(chat.button(button)).to_have_attribute("aria-pressed", "true")


def test_another_opinion_takes_the_place_of_the_first(chat: Chat, bot: Bot) -> None:
    chat.ask("overdue fee")
    chat.button("Helpful").click()
    expect(chat.button("Helpful")).to_have_attribute("aria-pressed", "true")
    chat.button("Not helpful").click()
    expect(chat.button("Not helpful")).to_have_attribute("aria-pressed", "true")
    expect(chat.button("Helpful")).to_have_attribute("aria-pressed", "false")
    assert bot.desk.verdicts() == [False]


def test_an_answer_can_be_copied(chat: Chat) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.ask("overdue fee")
    chat.button("Copy the answer").click()
    expect(chat.status).to_have_text("Copied.")
    assert "2,000 dong" in chat.page.evaluate("() => navigator.clipboard.readText()")


def test_an_answer_can_be_copied_where_there_is_no_clipboard(chat: Chat) -> None:
    chat.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    chat.ask("overdue fee")
    chat.button("Copy the answer").click()
    expect(chat.status).to_have_text("Copied.")
    expect(chat.button("Copy the answer")).to_be_focused()
    chat.field.focus()
    chat.page.keyboard.press("Control+v")
    assert "2,000 dong" in chat.field.input_value()


def test_a_question_back_offers_sections_as_buttons(chat: Chat) -> None:
    reply = chat.ask("renew late book")
    expect(reply).to_have_text("Assistant:Which of these did you mean?")
    chat.button("Late returns").click()
    expect(chat.reply(1).get_by_role("heading")).to_have_text("Late returns")


def test_none_of_these_leads_to_a_person(chat: Chat) -> None:
    chat.ask("renew late book")
    chat.button("none").click()
    expect(chat.reply(1)).to_contain_text("Please ask the person in charge")
    chat.page.locator(".choices").get_by_role("button", name="Talk to a person").click()
    expect(chat.form.locator("textarea")).to_be_focused()


def test_an_answer_offers_what_to_read_next(chat: Chat) -> None:
    chat.ask("may I borrow eight books")
    chat.page.get_by_role("group", name="See also").get_by_role("button", name="Renewal").click()
    expect(chat.reply(1).get_by_role("heading")).to_have_text("Renewal")


def test_a_refusal_offers_the_nearest_section_and_a_person(chat: Chat) -> None:
    chat.ask("I lost my card")
    group = chat.page.get_by_role("group", name="What you can choose")
    expect(group.get_by_role("button")).to_have_text(["Borrowing books", "None of these", "Talk to a person"])
    group.get_by_role("button", name="None of these").click()
    expect(chat.form).to_be_visible()


def test_asking_for_a_person_offers_one_at_once(chat: Chat) -> None:
    reply = chat.ask("talk to a human")
    expect(reply).to_contain_text("Leave a message")
    chat.page.get_by_role("group", name="What you can choose").get_by_role("button", name="Talk to a person").click()
    expect(chat.form).to_be_visible()


def test_the_conversation_carries_on(chat: Chat) -> None:
    chat.ask("are you open on Sunday")
    expect(chat.ask("tell me more")).to_contain_text("That is all the documentation says under “Opening hours”.")


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title='taken'</script>",
        "<img src=x onerror=document.title='taken'>",
        "&lt;b&gt; <b>x</b> ${1} {limit}",
    ],
)
def test_markup_in_a_question_is_shown_as_text(chat: Chat, text: str) -> None:
    chat.ask(text)
    expect(chat.mine).to_have_text(text)
    assert chat.page.locator("faq-chat .log :is(script, img, b)").count() == 0
    assert chat.page.title() == "Site"


def test_markup_in_the_knowledge_is_shown_as_text_or_not_at_all(visit: Visit, hostile: str) -> None:
    chat = Chat(visit(hostile))
    reply = chat.ask("which tags <b>are</b> there")
    expect(reply.locator("h3")).to_contain_text("Tags")
    expect(reply).to_contain_text(re.compile(r"with & and < > in\s+a page\."))
    expect(reply.locator("pre")).to_contain_text("<style>* { display: none }</style>")
    expect(reply.locator("td").first).to_have_text("<b>")
    expect(reply.locator("ol li")).to_have_text(["first", "second"])
    expect(reply.locator("blockquote")).to_have_text("A quotation")
    links = reply.locator(".text a")
    expect(links.first).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    assert not any(href.startswith("javascript:") for href in hrefs)
    assert reply.locator(":is(script, img, style)").count() == 0
    assert chat.page.title() == "Questions and answers"


def test_a_long_word_does_not_widen_the_panel(visit: Visit, hostile: str) -> None:
    chat = Chat(visit(hostile, viewport={"width": 320, "height": 600}))
    chat.ask("which tags are there")
    chat.ask("x" * 500)
    assert chat.log.evaluate("(log) => log.scrollWidth <= log.clientWidth")


def test_blank_messages_are_not_sent_and_too_long_ones_say_so(chat: Chat, bot: Bot) -> None:
    chat.field.fill("   ")
    chat.field.press("Enter")
    chat.field.fill("x" * 2001)
    chat.field.press("Enter")
    expect(chat.status).to_have_text("That question is too long. Please keep it to 2000 characters.")
    expect(chat.field).to_have_value("x" * 2001)
    assert bot.weather.posted("/api/chat") == 0


def test_a_long_answer_is_shown_from_its_beginning_and_with_its_passage(visit: Visit, host: Callable[..., str]) -> None:
    chat = Chat(visit(host(), viewport={"width": 360, "height": 500})).open()
    for _ in range(3):
        chat.ask("how long can I keep a book")
    expect(chat.replies.last.locator("mark")).to_be_in_viewport(ratio=1)
    expect(chat.mine.last).to_be_in_viewport()
