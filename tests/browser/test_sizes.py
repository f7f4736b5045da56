"""Small screens, large text, and how fast it is."""

import statistics
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
Host = Callable[..., str]

LONGEST_ANSWER = 100
"""Milliseconds from Enter to the painted answer; the median was about 40 on two shared cores."""
LONGEST_START = 500
"""Milliseconds from the script's arrival to a button that can be pressed; it was about 10."""

ANSWER_TIME = """(question) => new Promise((resolve) => {
  const chat = document.querySelector("faq-chat"), root = chat.shadowRoot;
  const field = root.querySelector("[role=combobox]"), count = root.querySelectorAll(".reply").length;
  field.value = question;
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    if (root.querySelectorAll(".reply").length === count) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  });
  watch.observe(root, {childList: true, subtree: true});
  field.form.requestSubmit();
})"""
NOTE_WHEN_USABLE = """new MutationObserver((_, watch) => {
  if (!document.querySelector("faq-chat")?.shadowRoot) return;
  watch.disconnect();
  window.usable = performance.now();
}).observe(document, {childList: true, subtree: true})"""
WAITED = "() => usable - performance.getEntriesByName(document.querySelector('body script').src)[0].responseEnd"
SHIFT = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({value}) => { total += value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
})"""


@pytest.fixture(scope="module")
def kvm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bot that knows the KVM guide."""
    with serving(create_app(Settings(data=tmp_path_factory.mktemp("kvm")))) as server:
        yield f"http://127.0.0.1:{server.port}"


def overflows(chat: Chat) -> list[str]:
    """Return what is wider than its place."""
    found: list[str] = chat.page.locator("faq-chat").evaluate(
        """(chat) => [...chat.shadowRoot.querySelectorAll("*")]
          .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest(".hidden, pre"))
          .map((node) => node.outerHTML.slice(0, 120))"""
    )
    scrolls = chat.page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["the page"] if scrolls else [])]


def walk_through(chat: Chat) -> None:
    """Bring about most of what can be on screen, and check that all of it fits."""
    chat.open()
    chat.ask("may I borrow eight books")
    assert overflows(chat) == []
    chat.ask("renew late book")
    chat.ask("W" * 200)
    assert overflows(chat) == []
    chat.button("person").last.click()
    assert overflows(chat) == []
    expect(chat.button("close")).to_be_in_viewport(ratio=1)
    chat.button("form").scroll_into_view_if_needed()
    expect(chat.button("form")).to_be_in_viewport()


def test_on_a_phone_it_fills_the_screen(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), viewport={"width": 320, "height": 568}, is_mobile=True, has_touch=True))
    walk_through(chat)
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 568}


@pytest.mark.parametrize("viewport", [(1280, 720), (320, 568)])
def test_text_of_twice_the_size_fits(visit: Visit, host: Host, viewport: tuple[int, int]) -> None:
    larger = "<style>html { font-size: 200% } main { font-size: 8px }</style>"
    chat = Chat(visit(host(body=larger), viewport={"width": viewport[0], "height": viewport[1]}))
    expect(chat.button("open").locator("..")).to_have_css("font-size", "32px")
    walk_through(chat)


def test_a_window_zoomed_to_400_percent_can_still_be_used(visit: Visit, host: Host) -> None:
    chat = Chat(visit(host(), viewport={"width": 320, "height": 256}))
    chat.open()
    chat.ask("how long can I keep a book")
    assert overflows(chat) == []
    expect(chat.field).to_be_in_viewport(ratio=1)
    expect(chat.replies.first.locator("mark")).to_be_in_viewport()


@pytest.mark.parametrize("script", ["", "data-open", "data-inline"])
def test_the_page_does_not_move(visit: Visit, host: Host, script: str) -> None:
    chat = Chat(visit(host(script=script)))
    expect(chat.page.locator("faq-chat")).to_be_attached()
    if not script:
        chat.open().ask("overdue fee")
        chat.button("close").click()
    assert chat.page.evaluate(SHIFT) == 0


def test_the_bots_own_page_does_not_move_either(visit: Visit, bot: Bot) -> None:
    chat = Chat(visit(f"{bot.origin}/"))
    expect(chat.page.locator(".starters button").first).to_be_visible()
    assert chat.page.evaluate(SHIFT) < 0.01


@pytest.mark.timing
def test_the_button_can_be_used_as_soon_as_the_script_is_there(visit: Visit, host: Host) -> None:
    taken: list[float] = []
    for _ in range(5):
        page = visit("about:blank")
        page.add_init_script(NOTE_WHEN_USABLE)
        page.goto(host())
        page.wait_for_function("() => window.usable")
        taken.append(page.evaluate(WAITED))
    print(f"script to button: {statistics.median(taken):.0f} ms")
    assert statistics.median(taken) < LONGEST_START


@pytest.mark.timing
def test_an_answer_is_there_at_once(visit: Visit, kvm: str) -> None:
    page = visit(f"{kvm}/?lang=en")
    expect(page.locator(".starters button").first).to_be_visible()
    cases = (Path(__file__).parents[1] / "cases" / "kvm-second-writer.jsonl").read_text("utf-8").splitlines()
    questions = [line.split('"q": "')[1].split('"')[0] for line in cases[:36]]
    taken = [float(page.evaluate(ANSWER_TIME, question)) for question in questions]
    print(f"Enter to painted answer: {statistics.median(taken):.0f} ms")
    assert len(taken) >= 30
    assert statistics.median(taken) <= LONGEST_ANSWER
