"""What some tests need of the machine: a browser, a service."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test that needs it; where ``FAQBOT_TESTS_NEED_SERVICES`` is 1, as in CI, it fails instead."""
    if os.environ.get("FAQBOT_TESTS_NEED_SERVICES") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)
