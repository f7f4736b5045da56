"""Read what Prometheus would."""

from collections.abc import Callable

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]
"""By name and labels."""


def numbers(text: str) -> Numbers:
    """Return the numbers of an answer of /metrics; each is there once."""
    found: Numbers = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = (sample.name, frozenset(sample.labels.items()))
            assert key not in found
            found[key] = sample.value
    return found


def number(text: str, name: str, **labels: str) -> float:
    """Return one number; 0 if it is not there."""
    return numbers(text).get((name, frozenset(labels.items())), 0.0)


def told(client: FlaskClient) -> str:
    """Return what /metrics answers."""
    response = client.get("/metrics")
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    return response.text


def rise(client: FlaskClient, happens: Callable[[], object], name: str, **labels: str) -> float:
    """Return by how much a number rises while something happens."""
    before = number(told(client), name, **labels)
    happens()
    return number(told(client), name, **labels) - before
