"""A browser, the bot, and a site that shows the bot's chat."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.web.app import create_app
from tests.browser.chat import Chat
from tests.browser.console import PASSWORD, Console
from tests.browser.desk import Desk
from tests.browser.serving import Site, Weather, add_weather, serving, site
from tests.conftest import DATA
from tests.needs import missing

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync"
)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Bot:
    """A running server, and what the tests do to it."""

    app: Flask
    origin: str
    weather: Weather
    desk: Desk = field(init=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        missing(f"these tests need one of {', '.join(CHROMIUMS)} on the PATH")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def other_site() -> Iterator[Site]:
    """A site of another origin."""
    with site() as found:
        yield found


@pytest.fixture(scope="session")
def _library_app(tmp_path_factory: pytest.TempPathFactory, other_site: Site) -> Flask:
    data = tmp_path_factory.mktemp("bot")
    return create_app(Settings(knowledge=DATA / "library", data=data, allowed_origins=(other_site.origin,)))


@pytest.fixture(scope="session")
def _library_bot(_library_app: Flask) -> Iterator[Bot]:
    weather = add_weather(_library_app)
    with serving(_library_app) as server:
        yield Bot(_library_app, f"http://127.0.0.1:{server.port}", weather)


@pytest.fixture
def bot(_library_bot: Bot, tmp_path: Path) -> Iterator[Bot]:
    """The bot of the school library, as good as new."""
    vars(_library_bot.weather).update(vars(Weather()))
    _library_bot.desk = Desk(_library_bot.app, tmp_path)
    yield _library_bot
    _library_bot.weather.held.set()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """A server of the school library with a store of its own: Hoa is admin, Lan editor, Minh agent."""
    app = create_app(Settings(knowledge=DATA / "library", data=tmp_path))
    service: Service = app.extensions["faqbot"]
    for name, role in (("Hoa", Role.ADMIN), ("Lan", Role.EDITOR), ("Minh", Role.AGENT)):
        service.store.users.put(name, role, PASSWORD)
    with serving(app) as server:
        yield Console(f"http://127.0.0.1:{server.port}", service)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address, each time in a browser without a past; errors of the page's own code fail the test."""
    errors: list[str] = []
    contexts = []

    def notice(text: str) -> None:
        if "Security Policy" in text:
            errors.append(text)

    def open_page(address: str, **settings: object) -> Page:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: notice(message.text))
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def host(bot: Bot, other_site: Site) -> Callable[..., str]:
    """Publishes a page of the other site with the chat on it; returns its address."""

    def publish(path: str = "/", *, lang: str = "en", body: str = "", script: str = "", **headers: str) -> str:
        html = (
            f'<!doctype html><html lang="{lang}"><meta name="viewport" content="width=device-width"><title>Site</title>'
            f"<main><h1>Site</h1><p>{'words of the site ' * 300}</p></main>{body}"
            f'<script src="{bot.origin}/widget.js" {script} defer></script></html>'
        )
        return other_site.publish(path, html, **headers)

    return publish


@pytest.fixture
def chat(visit: Callable[..., Page], host: Callable[..., str]) -> Chat:
    """The chat, open, on an English page of another site."""
    return Chat(visit(host())).open()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.exists():
        missing("these tests need axe-core: npm ci --prefix tests/browser")
    return AXE.read_text("utf-8")
