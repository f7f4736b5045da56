"""What several tests need."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, settings

from faqbot.assistant import Assistant
from faqbot.knowledge.loader import load, shipped_knowledge
from faqbot.startup import load_assistant

pytest_plugins = ["tests.channels.slack_api", "tests.databases", "tests.embeddings.endpoint", "tests.outside"]

DATA = Path(__file__).parent / "data"
CASE_FILES = (*sorted((Path(__file__).parent / "cases").glob("*.jsonl")), shipped_knowledge() / "kvm" / "cases.jsonl")
"""Labelled questions about the knowledge that comes with faqbot, a file a writer."""

settings.register_profile("faqbot", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("faqbot")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the data and cache folders of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        for name in [name for name in os.environ if name.startswith("FAQBOT_")]:
            patch.delenv(name)
        yield


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """A copy of a small knowledge folder about a school library, to be changed at will."""
    return Path(copytree(DATA / "library", tmp_path / "library"))


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody listens: no server that is started there goes on for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture(scope="session")
def library() -> Assistant:
    """An assistant for the school library: 4 sections, in both languages."""
    return Assistant(load(DATA / "library"))


@pytest.fixture(scope="session")
def kvm(_own_folders: None) -> Assistant:
    """The assistant with the knowledge that comes with faqbot."""
    return load_assistant(shipped_knowledge())
