"""The chat as a visitor sees it."""

import re

from playwright.sync_api import Locator, Page, expect

WORDS = {
    "vi": {
        "open": "Mở khung chat",
        "close": "Đóng khung chat",
        "send": "Gửi",
        "person": "Gặp người hỗ trợ",
        "again": "Gửi lại",
        "form": "Gửi cho người hỗ trợ",
        "helpful": "Hữu ích",
        "none": "Không phải các mục trên",
    },
    "en": {
        "open": "Open the chat",
        "close": "Close the chat",
        "send": "Send",
        "person": "Talk to a person",
        "again": "Send again",
        "form": "Send to a person",
        "helpful": "Helpful",
        "none": "None of these",
    },
}


class Chat:
    """A page with the widget on it, handled by what people see of it."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.words = WORDS[language]
        self.panel = page.locator("faq-chat .panel")
        self.log = page.get_by_role("log")
        self.field = page.get_by_role("combobox")
        self.options = page.get_by_role("option")
        self.replies = page.locator("faq-chat .reply")
        self.mine = page.locator("faq-chat .you")
        self.form = page.locator("faq-chat form.handover")
        self.failure = page.locator("faq-chat .failure")
        self.status = page.get_by_role("status")

    def button(self, name: str) -> Locator:
        """Find a button by the name that ``WORDS`` has for it, or by its own."""
        return self.page.get_by_role("button", name=self.words.get(name, name), exact=True)

    def open(self) -> "Chat":
        """Open the panel."""
        self.button("open").click()
        expect(self.panel).to_be_visible()
        return self

    def ask(self, text: str) -> Locator:
        """Ask something; return the reply."""
        number = self.replies.count()
        self.field.fill(text)
        self.field.press("Enter")
        return self.reply(number)

    def reply(self, number: int) -> Locator:
        """Wait for the reply of that number, from 0."""
        found = self.replies.nth(number)
        expect(found).to_be_visible()
        return found

    def hand_over(self, message: str) -> None:
        """Write to a person."""
        self.button("person").last.click()
        self.form.locator("textarea").fill(message)
        self.button("form").click()
        expect(self.form).to_be_hidden()


def says(text: str) -> re.Pattern[str]:
    """Make a pattern for a text that may stand among others."""
    return re.compile(re.escape(text))
