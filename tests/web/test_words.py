"""The language of a page."""

from pathlib import Path

import pytest
from flask import Flask

from faqbot.settings import Settings
from faqbot.web.app import create_app
from faqbot.web.words import page_language, page_words
from tests.conftest import DATA


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(knowledge=DATA / "library", data=tmp_path))


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "vi"),
        ("lang=en", "", "en"),
        ("lang=en", "vi", "en"),
        ("lang=fr", "en-US,en;q=0.9,vi;q=0.5", "en"),
        ("lang=", "vi-VN", "vi"),
        ("", "fr,de", "vi"),
        ("lang=EN", "*", "vi"),
        ("", "fr;q=1, en;q=0.2", "en"),
    ],
)
def test_the_address_comes_before_the_browser(app: Flask, query: str, accept: str, language: str) -> None:
    with app.test_request_context(f"/?{query}", headers={"Accept-Language": accept}):
        assert page_language() == language
        assert page_words().code == language
