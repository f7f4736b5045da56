"""Whatever is sent to an operation of the API, the reply is one that the API's description has."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import settings
from schemathesis import Case

from faqbot.service import Service
from faqbot.settings import Settings
from faqbot.store.access import Role
from faqbot.store.ticket import NewTicket
from faqbot.web.app import create_app
from faqbot.yaml_file import read_plain
from tests.channels.ports import KINDS
from tests.channels.requests import SIGNING_SECRET, signed
from tests.conftest import DATA

EXAMPLES = os.environ.get("CONTRACT_EXAMPLES")
"""How many an operation, at random; without it they are few, and the same each time."""
EFFORT = settings(max_examples=int(EXAMPLES)) if EXAMPLES else settings(max_examples=5, derandomize=True)
DESCRIPTION = schemathesis.openapi.from_dict(
    read_plain(files("faqbot.web").joinpath("openapi.yaml").read_text("utf-8"))
)
DESCRIPTION.config.generation.update(with_security_parameters=False)  # tokens are given by the tests
BEYOND_A_SCHEMA = (
    *("was used before", "there is no such user", "is not valid JSON"),
    *("is empty", "must be a text of 1 to", "must hold some text"),  # Python has more white space than a schema
)
"""Words of refusals for reasons that a schema cannot say."""


@dataclass(frozen=True)
class Served:
    """An application, and what a program must know to be let in."""

    app: Flask
    token: str
    """Of the helpdesk's API; every webhook takes it too."""
    known: dict[str, str]
    """What there is, by the name that the addresses give it."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    data = tmp_path_factory.mktemp("contract")
    app = create_app(
        Settings(knowledge=DATA / "library", data=data, slack_signing_secret=SIGNING_SECRET, rate_limit=None)
    )
    app.wsgi_app = _signing(app.wsgi_app)  # type: ignore[method-assign]
    service: Service = app.extensions["faqbot"]
    token = service.store.tokens.create("contract", Role.ADMIN)
    for kind in KINDS:
        service.store.hooks.add(kind, kind)
        service.store.hooks.accept(kind, token)
    ticket, secret = service.hand_over(NewTicket("How long may I keep a book?", "web", "en"))
    return Served(app, token, {"ticket": str(ticket.id), "token": str(secret)})


def _signing(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Sign what is sent to the addresses of Slack, as Slack does."""

    def signing(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/slack/"):
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = BytesIO(body)
            for name, value in signed(body, time.time()).items():
                environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return app(environ, start)

    return signing


def check(case: Case[Any], served: Served, token: str | None) -> None:
    """Send a request, and look whether the reply is as described."""
    case.operation.app = case.operation.schema.app = served.app
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = case.call(headers=headers)
    excluded = []
    if response.status_code in (400, 422) and any(words in response.text for words in BEYOND_A_SCHEMA):
        excluded.append(schemathesis.checks.positive_data_acceptance)
    if isinstance(case.body, dict) and not isinstance(case.body.get("context", ""), str | None):
        excluded.append(schemathesis.checks.negative_data_rejection)  # a context that is no text is ignored
    case.validate_response(response, headers=headers, excluded_checks=excluded)


@DESCRIPTION.parametrize()
@EFFORT
def test_programs_get_what_is_described(case: Case[Any], served: Served) -> None:
    check(case, served, served.token)


@DESCRIPTION.include(path_regex=r"\{").parametrize()
@EFFORT
def test_what_there_is_is_as_described(case: Case[Any], served: Served) -> None:
    for name in case.path_parameters:
        case.path_parameters[name] = served.known.get(name, "mattermost")
    check(case, served, served.token)


@DESCRIPTION.include(path_regex="^/(api/helpdesk|hooks)/").parametrize()
@EFFORT
def test_strangers_get_what_is_described(case: Case[Any], served: Served) -> None:
    check(case, served, None)
