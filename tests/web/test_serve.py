"""What stands between the settings and a server that listens."""

import subprocess
import sys
from pathlib import Path

import pytest

from faqbot.errors import KnowledgeError, SettingsError
from faqbot.settings import Settings
from faqbot.web.serve import run
from tests.conftest import DATA


class Announced(Exception):
    """Stops a server that is about to start."""


def stop(address: str) -> None:
    raise Announced(address)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(knowledge=DATA / "library", data=tmp_path)


def test_a_taken_port_is_refused_before_anything_is_announced(settings: Settings, taken_port: int) -> None:
    said = rf"cannot listen on 127\.0\.0\.1, port {taken_port}: Address already in use"
    with pytest.raises(SettingsError, match=said):
        run(settings, host="127.0.0.1", port=taken_port, workers=1, announce=stop)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "máy..chủ", "::g"])
def test_an_address_that_is_not_ours_is_refused(settings: Settings, host: str) -> None:
    with pytest.raises(SettingsError, match="cannot listen on"):
        run(settings, host=host, port=0, workers=1, announce=stop)


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "http://127.0.0.1:0/"), ("::1", r"http://\[::1\]:0/")])
def test_the_address_is_announced_as_a_browser_takes_it(settings: Settings, host: str, shown: str) -> None:
    with pytest.raises(Announced, match=f"^faqbot answers at {shown} "):
        run(settings, host=host, port=0, workers=1, announce=stop)


def test_faulty_knowledge_is_refused_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        run(Settings(knowledge=tmp_path / "no", data=tmp_path), host="127.0.0.1", port=0, workers=1, announce=stop)


def test_without_a_key_nothing_listens(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(knowledge=DATA / "library", data=tmp_path / "file")
    with pytest.raises(SettingsError, match="no secret key"):
        run(settings, host="127.0.0.1", port=0, workers=1, announce=stop)


def test_a_server_imports_nothing_that_it_seldom_needs() -> None:
    seldom = ("alembic", "mako", "pygal", "pygments", "lxml")
    script = f"import sys, faqbot.web.serve; sys.exit(' '.join({{*{seldom!r}}} & {{*sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.stderr.strip() == ""
