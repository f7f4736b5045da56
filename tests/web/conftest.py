"""What the tests of the web channel need."""

import pytest
from flask.testing import FlaskClient

from faqbot.settings import Settings
from faqbot.web.app import create_app
from tests.conftest import DATA


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A browser without cookies or JavaScript, at a server that knows the school library."""
    data = tmp_path_factory.mktemp("server")
    app = create_app(Settings(knowledge=DATA / "library", data=data))
    app.extensions["faqbot"].store.status()  # makes the tables, which may take longer than /readyz waits
    return app.test_client(use_cookies=False)
