"""The numbers of a server that has everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from faqbot.settings import Settings
from faqbot.store.notice import NewNotice
from faqbot.web.app import create_app
from tests.conftest import DATA
from tests.embeddings.endpoint import Endpoint
from tests.helpdesk.telling import target
from tests.metrics.reading import told

_ENDINGS = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}
OF_PROMETHEUS = {"job", "instance"}
"""Labels that Prometheus adds."""


@dataclass(frozen=True)
class Told:
    """What /metrics tells."""

    names: frozenset[str]
    """Of all numbers, also of those that nothing has happened to yet."""
    labels: Mapping[str, frozenset[str]]
    """Of the numbers that there are."""


@pytest.fixture
def numbers_told(endpoint: Endpoint, tmp_path: Path) -> Iterator[Told]:
    """What a server tells that has everything: embeddings, webhooks, a question, a notice."""
    crm = target("http://127.0.0.1:9/", name="crm")
    settings = Settings(knowledge=DATA / "library", data=tmp_path, embeddings_url=endpoint.url, webhooks=(crm,))
    app = create_app(settings)
    app.extensions["faqbot_sender"].stop()
    app.extensions["faqbot"].store.outbox.add(NewNotice("crm", "ticket.solved", {}))
    client = app.test_client()
    client.post("/api/chat", json={"message": "are you open on Sunday"})
    client.post("/api/handoff", json={"message": "em cần gặp thủ thư"})
    client.post("/hooks/none", data={"token": "wrong"})
    told(client)
    yield _read(told(client))
    app.extensions["faqbot"].store.close()


def _read(text: str) -> Told:
    names, labels = set[str](), dict[str, frozenset[str]]()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            names |= {f"{name}{ending}" for ending in _ENDINGS[kind]}
    for family in text_string_to_metric_families(text):
        labels |= {sample.name: frozenset(sample.labels) for sample in family.samples}
    return Told(frozenset(names), labels)
