"""The whole story: what the bot does not know goes to a person, who then teaches it to the bot."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.chat import Chat
from tests.browser.console import Console, log_in

Visit = Callable[..., Page]

QUESTION = "what do I owe for a tardy novel"
REPLY = "Hello An, you owe 2,000 dong for each day."
ANSWER = "Books returned late cost a fine of 2,000 dong a day."
SECTION = "Late returns"


def test_a_question_is_handed_over_answered_taught_and_untaught(visit: Visit, console: Console) -> None:
    visitor = Chat(visit(f"{console.origin}/?lang=en"))
    is_declined(visitor.ask(QUESTION))
    ask_for_a_person(visitor, "An", "I found a note in the book.")

    agent = visit(f"{console.origin}/helpdesk", locale="en-US")
    log_in(agent, "Minh")
    open_ticket(agent, "I found a note in the book.")
    transcript_shows_that_it_was_declined(agent)
    answer_ticket(agent, REPLY)
    visitor_reads_in_the_chat(visitor, REPLY)
    return_to_the_bot(visitor)

    editor = visit(f"{console.origin}/helpdesk", locale="en-US")
    log_in(editor, "Lan")
    open_gap(editor)
    add_it_to(editor, SECTION)
    preview_shows_old_and_new(editor)
    save(editor)
    is_answered(visitor.ask(QUESTION))
    gaps_are(editor, 0)

    undo(editor)
    is_declined(visitor.ask(QUESTION))
    gaps_are(editor, 1)


def is_declined(reply: Locator) -> None:
    """See that the bot says that it does not know."""
    expect(reply).to_have_class("reply decline")
    expect(reply).to_contain_text("the documentation does not cover what you asked about")


def is_answered(reply: Locator) -> None:
    """See the answer, with its section."""
    expect(reply).to_have_class("reply answer")
    expect(reply).to_contain_text(ANSWER)
    expect(reply.locator("a.source")).to_have_attribute("href", re.compile("/kb/guide/fines"))


def ask_for_a_person(visitor: Chat, name: str, message: str) -> None:
    """Ask for a person in words, and fill in the form."""
    visitor.ask("talk to a human")
    visitor.button("person").last.click()
    visitor.form.get_by_label("Your message").fill(message)
    visitor.form.get_by_label("Name (optional)").fill(name)
    visitor.button("form").click()
    expect(visitor.log).to_contain_text("A person has your message now (no. 1).")


def open_ticket(agent: Page, message: str) -> None:
    """Find the ticket in the inbox, and open it."""
    expect(agent.get_by_role("link", name="New 1")).to_be_visible()
    agent.get_by_role("link", name=message).click()
    expect(agent.get_by_role("heading", level=1)).to_have_text(message)


def transcript_shows_that_it_was_declined(agent: Page) -> None:
    """See what was said to the bot before."""
    before = agent.get_by_role("region", name="Talk with the bot before").get_by_role("listitem")
    expect(before.nth(0)).to_contain_text(QUESTION)
    expect(before.nth(1)).to_contain_text("not covered")
    expect(before.nth(2)).to_contain_text("talk to a human")


def answer_ticket(agent: Page, text: str) -> None:
    """Write to the visitor."""
    agent.get_by_label("What the requester will read").fill(text)
    agent.get_by_role("button", name="Send", exact=True).click()
    expect(agent.locator(".line.reply .text")).to_have_text(text)
    expect(agent.locator(".head .badge")).to_have_text("Waiting")


def visitor_reads_in_the_chat(visitor: Chat, text: str) -> None:
    """See the reply where the question was asked; the chat looks for it by itself."""
    expect(visitor.page.locator("faq-chat .agent")).to_have_text(text, timeout=10_000)


def return_to_the_bot(visitor: Chat) -> None:
    """Let what is written go to the bot again."""
    visitor.button("Ask the assistant").click()


def open_gap(editor: Page) -> None:
    """Find the question among those that got no answer."""
    editor.get_by_role("link", name="Gaps").click()
    editor.get_by_role("link", name=QUESTION).click()
    expect(editor.get_by_role("region", name="Latest questions")).to_contain_text(QUESTION)


def add_it_to(editor: Page, section: str) -> None:
    """Propose it as a question of a section."""
    expect(editor.get_by_label("Questions in English, one a line").first).to_have_value(QUESTION)
    editor.get_by_label("Section, or the passage that answers").select_option(f"The whole section “{section}”")
    editor.get_by_role("button", name="See what changes").first.click()


def preview_shows_old_and_new(editor: Page) -> None:
    """See that the question would be answered, and every other one as before."""
    expect(editor.get_by_role("heading", level=1)).to_have_text("What would change")
    cells = editor.get_by_role("region", name="The questions you add").get_by_role("cell")
    expect(cells.nth(0)).to_have_text(QUESTION)
    expect(cells.nth(1)).to_contain_text("not covered")
    expect(cells.nth(2)).to_contain_text(SECTION)
    expect(cells.nth(3)).to_have_text("becomes right")
    expect(editor.get_by_text("Stored questions answered otherwise: 0")).to_be_visible()


def save(editor: Page) -> None:
    """Make the edit."""
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_role("row", name=QUESTION)).to_contain_text("In force")


def undo(editor: Page) -> None:
    """Take the edit back."""
    editor.get_by_role("link", name="Edits").click()
    editor.get_by_role("button", name="Undo").click()
    expect(editor.get_by_role("row", name=QUESTION)).to_contain_text("Taken back")


def gaps_are(editor: Page, number: int) -> None:
    """See how many gaps are open."""
    editor.get_by_role("link", name="Gaps").click()
    expect(editor.get_by_role("link", name=f"All {number}")).to_be_visible()
