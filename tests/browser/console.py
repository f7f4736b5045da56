"""The helpdesk's console as those who work with it see it."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from faqbot.service import Service

PASSWORD = "correct horse battery"


@dataclass
class Console:
    """A server with users, and what it serves with."""

    origin: str
    service: Service


def log_in(page: Page, name: str = "Hoa") -> None:
    """Log in with the keyboard alone, on a page in English."""
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Inbox")).to_have_attribute("aria-current", "page")


def is_too_wide(page: Page) -> bool:
    """Tell whether the page can be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
