"""Look into an expression of Prometheus, as far as it is about us."""

import re

from tests.deploy.conftest import OF_PROMETHEUS, Told

_NUMBER = re.compile(r"\b(faqbot_[a-z_]+)(?:\{([^}]*)\})?")
_LABEL = re.compile(r"(\w+)\s*[=!]~?\s*\"")
_GROUPED = re.compile(r"\bby \(([^)]*)\)")


def faults(expression: str, told: Told) -> list[str]:
    """Return what an expression names that a server does not tell."""
    named = _NUMBER.findall(expression)
    unknown = [name for name, _ in named if name not in told.names]
    wrong = [
        f"{name} has no label {label}"
        for name, matchers in named
        for label in _LABEL.findall(matchers)
        if name in told.labels and label not in told.labels[name] | OF_PROMETHEUS
    ]
    everywhere = OF_PROMETHEUS.union(*(told.labels.get(name, frozenset()) for name, _ in named))
    groups = [label.strip() for group in _GROUPED.findall(expression) for label in group.split(",")]
    known = all(name in told.labels for name, _ in named)
    return unknown + wrong + [f"nothing to group by {label}" for label in groups if known and label not in everywhere]
