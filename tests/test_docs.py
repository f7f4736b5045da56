"""The documentation names what there is."""

import re
from pathlib import Path

import pytest

import faqbot
from faqbot.cli import main
from faqbot.knowledge.loader import KNOWN_NAMES
from faqbot.language.pack import LANGUAGES
from faqbot.settings import Settings
from faqbot.web.app import create_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SOURCES = [path.read_text("utf-8") for path in Path(faqbot.__file__).parent.rglob("*.py")]
PREFIXES = sorted({name for source in SOURCES for name in re.findall(r"\"(FAQBOT_[A-Z_]*_)\"", source)})
BY_LANGUAGE = [f"{prefix}{language.upper()}" for prefix in PREFIXES for language in LANGUAGES]
VARIABLES = sorted({name for source in SOURCES for name in re.findall(r"\"(FAQBOT_[A-Z_]*[A-Z])\"", source)})


@pytest.mark.parametrize("variable", [*VARIABLES, *BY_LANGUAGE, "FAQBOT_SECRET_KEY_FILE", "FAQBOT_DATABASE_URL_FILE"])
def test_every_setting_is_in_the_readme(variable: str) -> None:
    assert f"`{variable}`" in README


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme_and_shows_an_example(command: str) -> None:
    assert f"faqbot {command}" in README
    assert f"Example: faqbot {command}" in (main.commands[command].help or "")


@pytest.mark.parametrize("name", [name for name in KNOWN_NAMES if name != "calibration.yaml"])
def test_every_knowledge_file_is_in_the_readme(name: str) -> None:
    assert name in README


def test_every_endpoint_is_in_the_readme(tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=ROOT / "tests" / "data" / "library", data=tmp_path))
    console = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("helpdesk.")}
    routes = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"} - console
    assert all(route.startswith("/helpdesk/") for route in console)
    assert "`/helpdesk`" in README
    assert [route for route in routes if route not in README] == []


@pytest.mark.parametrize("file", ["README.md", "README.vi.md"])
def test_what_a_page_links_to_is_there(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
