"""The name under which any WSGI server finds the application."""

from pathlib import Path

import pytest

from faqbot.app import create_app
from faqbot.errors import SettingsError
from faqbot.settings import Settings
from tests.conftest import DATA


def test_it_takes_settings(tmp_path: Path) -> None:
    client = create_app(Settings(knowledge=DATA / "library", data=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200


def test_without_settings_it_reads_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_KNOWLEDGE", str(DATA / "library"))
    monkeypatch.setenv("FAQBOT_DATA", str(tmp_path / "here"))
    assert create_app().test_client().get("/kb/guide/hours").status_code == 200
    assert (tmp_path / "here" / "secret-key").exists()


def test_a_bad_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_RATE_LIMIT", "often")
    with pytest.raises(SettingsError, match="FAQBOT_RATE_LIMIT"):
        create_app()
