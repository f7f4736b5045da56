"""The helpdesk's console for everybody: WCAG 2.2 AA, checked by axe-core and by hand, on a desk and on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.web.app import create_app
from tests.browser.busy_desk import fill
from tests.browser.console import PASSWORD, is_too_wide
from tests.browser.serving import serving
from tests.conftest import DATA

Visit = Callable[..., Page]

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
PAGES = {
    "inbox": "/helpdesk/",
    "solved tickets": "/helpdesk/?show=solved",
    "empty view": "/helpdesk/?show=mine",
    "ticket": "/helpdesk/tickets/1",
    "ticket with a draft": "/helpdesk/tickets/1?draft=guide/loans",
    "gaps": "/helpdesk/gaps",
    "no gaps": "/helpdesk/gaps?reason=none",
    "gap": "/helpdesk/gaps",
    "gap with an error": "/helpdesk/gaps",
    "preview": "/helpdesk/gaps",
    "edits": "/helpdesk/edits",
    "figures": "/helpdesk/figures",
    "outbox": "/helpdesk/outbox",
    "audit": "/helpdesk/audit",
    "nothing there": "/helpdesk/tickets/99",
}
"""Every page of the console and what else it can look like, by where it is found."""
UNFOLD = """() => document.querySelectorAll("details").forEach((each) => {
  each.removeAttribute("name");
  each.open = true;
})"""
UNLABELLED = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button")]
  .filter((each) => !each.labels?.length && !each.ariaLabel && !(each.tagName === "BUTTON" && each.innerText.trim()))
  .map((each) => each.outerHTML)"""
HEADLESS = """() => [...document.querySelectorAll("table")]
  .filter((each) => [...each.querySelectorAll("thead tr > *")].some((cell) => cell.tagName !== "TH" || !cell.scope))
  .map((each) => each.outerHTML.slice(0, 200))"""
LEVELS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((each) => Number(each.tagName[1]))"
NO_RING = """() => {
  const found = document.activeElement;
  if (found === document.body) return null;
  const rings = [found, found.closest("li")].filter(Boolean).map((each) => getComputedStyle(each));
  const seen = rings.some((each) => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2);
  return [found.outerHTML.slice(0, 200), seen];
}"""


@dataclass(frozen=True)
class Office:
    """A helpdesk in full use, and somebody who is logged in as admin."""

    origin: str
    admin: StorageState


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The console of the school library."""
    app = create_app(Settings(knowledge=DATA / "library", data=Path(tmp_path_factory.mktemp("office"))))
    service: Service = app.extensions["faqbot"]
    for name, role in (("Hoa", Role.ADMIN), ("Lan", Role.EDITOR), ("Minh", Role.AGENT)):
        service.store.users.put(name, role, PASSWORD)
    fill(service)
    with serving(app) as server:
        origin = f"http://127.0.0.1:{server.port}"
        page = browser.new_page()
        page.goto(f"{origin}/helpdesk/login")
        page.locator("#name").fill("Hoa")
        page.locator("#password").fill(PASSWORD)
        page.locator("main button").click()
        expect(page.locator(".tickets")).to_be_visible()
        admin = page.context.storage_state()
        page.context.close()
        yield Office(origin, admin)


def open_page(visit: Visit, office: Office, name: str, language: str = "en", **settings: object) -> Page:
    """Go to a page, with all of it unfolded."""
    address = office.origin + PAGES[name]
    joint = "&" if "?" in address else "?"
    settings = {"storage_state": office.admin, "reduced_motion": "reduce", "viewport": DESK, **settings}
    page = visit(f"{address}{joint}lang={language}", **settings)
    if name in ("gap", "gap with an error", "preview"):
        page.locator(".gaps .subject").first.click()
        form = page.locator("details[open] form")
        if name == "gap with an error":
            for box in form.locator("textarea").all():
                box.fill("")
        if name != "gap":
            form.get_by_role("button").click()
            expect(page.locator("[role=alert]" if name == "gap with an error" else "#new")).to_be_visible()
    page.evaluate(UNFOLD)
    return page


def violations(page: Page, axe: str) -> list[Any]:
    """Return what axe-core finds."""
    page.evaluate(axe)
    found: list[Any] = page.evaluate("() => axe.run().then(({violations}) => violations)")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing(visit: Visit, office: Office, axe: str, language: str, scheme: str, name: str) -> None:
    page = open_page(visit, office, name, language, color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert violations(page, axe) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert violations(page, axe) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_at_the_door(
    visit: Visit, office: Office, axe: str, language: str, scheme: str, size: dict[str, int]
) -> None:
    page = visit(
        f"{office.origin}/helpdesk/login?lang={language}", color_scheme=scheme, viewport=size, reduced_motion="reduce"
    )
    assert violations(page, axe) == []
    page.locator("#name").fill("Hoa")
    page.locator("#password").fill("wrong")
    page.locator("main button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe) == []
    assert not is_too_wide(page)


def test_axe_finds_nothing_where_a_text_is_refused_or_a_session_has_ended(
    visit: Visit, office: Office, axe: str
) -> None:
    page = open_page(visit, office, "ticket")
    page.get_by_label("Only agents see this note").fill(" ")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("alert")).to_have_text("Please write something first.")
    assert violations(page, axe) == []
    page.context.clear_cookies()
    page.get_by_label("What the requester will read").fill("my words")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_label("What you wrote")).to_have_value("my words")
    assert violations(page, axe) == []


@pytest.mark.parametrize("name", PAGES)
def test_controls_are_labelled_tables_have_headers_and_headings_are_in_order(
    visit: Visit, office: Office, name: str
) -> None:
    page = open_page(visit, office, name)
    assert page.evaluate(UNLABELLED) == []
    assert page.evaluate(HEADLESS) == []
    levels = page.evaluate(LEVELS)
    assert levels[0] == 1
    assert all(2 <= after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["inbox", "ticket", "gap", "preview", "edits", "figures", "outbox"])
def test_the_focus_can_be_seen_wherever_the_tab_key_leads(
    visit: Visit, office: Office, name: str, size: dict[str, int]
) -> None:
    page = open_page(visit, office, name, viewport=size)
    page.locator("body").evaluate("(body) => { document.activeElement.blur(); getSelection().collapse(body, 0); }")
    reached: list[list[Any]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(NO_RING)
        if found is None or found in reached[:1]:
            break
        reached.append(found)
    assert len(reached) > 8
    assert [markup for markup, seen in reached if not seen] == []


def test_the_first_tab_leads_past_the_navigation(visit: Visit, office: Office) -> None:
    page = open_page(visit, office, "inbox")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Unsolved")).to_be_focused()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_has_a_title_of_its_own(visit: Visit, office: Office, language: str) -> None:
    alike = {"ticket with a draft", "no gaps", "gap with an error"}
    titles = [open_page(visit, office, name, language).title() for name in PAGES if name not in alike]
    assert len(set(titles)) == len(titles)
