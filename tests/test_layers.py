"""The code flows one way: a module imports only from those before it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import faqbot

PACKAGE = Path(faqbot.__file__).parent
FLOW = (
    "faqbot",
    "faqbot.errors",
    "faqbot.memory",
    "faqbot.web_address",
    "faqbot.whole_file",
    "faqbot.yaml_file",
    "faqbot.safe_html",
    "faqbot.language",
    "faqbot.knowledge",
    "faqbot.matching",
    "faqbot.decision",
    "faqbot.reply",
    "faqbot.small_talk",
    "faqbot.assistant",
    "faqbot.wire",
    "faqbot.evaluation",
    "faqbot.fitting",
    "faqbot.check",
    "faqbot.cache",
    "faqbot.embeddings",
    "faqbot.startup",
    "faqbot.answers",
    "faqbot.redaction",
    "faqbot.metrics",
    "faqbot.live",
    "faqbot.outgoing",
    "faqbot.settings",
    "faqbot.bench",
    "faqbot.store",
    "faqbot.service",
    "faqbot.helpdesk",
    "faqbot.channels",
    "faqbot.terminal",
    "faqbot.doctor",
    "faqbot.web",
    "faqbot.commands",
    "faqbot.app",
    "faqbot.cli",
)
"""Modules and packages, each before those that may import it."""
OUTSIDE_THE_CORE = (
    *("alembic", "click", "flask", "flask_cors", "granian", "itsdangerous", "os", "platformdirs", "rich", "socket"),
    *("prometheus_client", "pythonjsonlogger", "sqlalchemy"),
    "watchfiles",
    "werkzeug",
)
CORE = FLOW[: FLOW.index("faqbot.cache")]


def layer(module: str) -> int:
    """Return the place in the flow of a module, by the longest name that it is or lies in."""
    names = [name for name in FLOW if module == name or (name != "faqbot" and module.startswith(f"{name}."))]
    assert names, f"{module} has no place in the flow"
    return FLOW.index(max(names, key=len))


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = list(modules())


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_a_module_imports_only_from_those_before_it(module: str, path: Path) -> None:
    later = [name for name in imports(path) if name.split(".")[0] == "faqbot" and layer(name) > layer(module)]
    assert later == []


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_the_core_imports_nothing_of_the_outside(module: str, path: Path) -> None:
    if layer(module) >= len(CORE):
        return
    assert [name for name in imports(path) if name.split(".")[0] in OUTSIDE_THE_CORE] == []


def test_an_assistant_needs_no_web_server_and_no_environment() -> None:
    script = (
        "import sys, faqbot.assistant; "
        f"sys.exit(' '.join(set(sys.modules) & {set(OUTSIDE_THE_CORE) - {'os', 'socket'}!r}))"
    )
    run = subprocess.run([sys.executable, "-c", script], env={}, capture_output=True, text=True, check=False)
    assert run.stderr.strip() == ""
