"""What the tests of the helpdesk need: a server that knows the school library, with users of every role."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.store import Store
from faqbot.store.ticket import NewTicket, Ticket
from faqbot.web.app import create_app
from tests.conftest import DATA

PASSWORD = "correct horse battery"
NAMES = {Role.AGENT: "lan", Role.EDITOR: "minh", Role.ADMIN: "hoa"}


@pytest.fixture(scope="session")
def _staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose store has a user of every role; hashing their passwords takes a while."""
    settings = Settings(data=tmp_path_factory.mktemp("staffed"), secret_key="the key of these tests")
    store = Store(settings.store_url())
    for role, name in NAMES.items():
        store.users.put(name, role, PASSWORD)
    store.close()
    return settings.data


@pytest.fixture
def app(tmp_path: Path, _staffed: Path) -> Flask:
    """A server whose store has a user of every role, and no ticket."""
    copytree(_staffed, tmp_path / "data")
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path / "data"))


@pytest.fixture
def service(app: Flask) -> Service:
    found: Service = app.extensions["faqbot"]
    return found


@pytest.fixture
def store(service: Service) -> Store:
    return service.store


class Visitor:
    """A browser at the console."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"} | headers)

    def send(self, path: str, *, to: str = "", **fields: str) -> TestResponse:
        """Fill in a form of the page at a path, and send it to the address that it names, or to that one."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)
        assert token is not None
        return self.post(to or path, csrf_token=token[1], **fields)

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data=fields, headers={"Accept": "text/html", "Accept-Language": "en"})

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        return self.send("/helpdesk/login", name=name, password=password)


@pytest.fixture
def visitor(app: Flask, store: Store) -> Visitor:
    """A browser in which nobody is logged in."""
    return Visitor(app.test_client())


@pytest.fixture
def as_role(app: Flask, store: Store) -> Callable[[Role], Visitor]:
    """Gives a browser in which a user of a role is logged in."""

    def enter(role: Role) -> Visitor:
        browser = Visitor(app.test_client())
        assert browser.log_in(NAMES[role]).status_code == 303
        return browser

    return enter


@pytest.fixture
def agent(as_role: Callable[[Role], Visitor]) -> Visitor:
    return as_role(Role.AGENT)


@pytest.fixture
def ticket(service: Service, store: Store) -> Ticket:
    """A ticket that somebody opened without a word to the bot before."""
    return service.hand_over(NewTicket("How long may I keep a book?", "web", "en", name="An"))[0]


class Program:
    """A program at the API."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(f"/api/helpdesk{path}", method=method, json=body, headers=self.headers | named)

    def read(self, path: str) -> Any:
        response = self.call("GET", path)
        assert response.status_code == 200
        return response.get_json()


@pytest.fixture
def program(app: Flask, store: Store) -> Program:
    """A program with the token of an agent."""
    return Program(app.test_client(use_cookies=False), store.tokens.create("zammad", Role.AGENT))
