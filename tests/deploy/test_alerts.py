"""The alert rules ask for what there is, and tell what to do."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.conftest import Told
from tests.deploy.expressions import faults
from tests.deploy.promtool import promtool

FILE = Path(__file__).parents[2] / "deploy" / "alerts.yaml"
CASES = Path(__file__).parent / "alert-cases.yaml"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(FILE.read_text("utf-8"))["groups"] for rule in group["rules"]
]


def test_every_rule_asks_for_what_is_told(numbers_told: Told) -> None:
    assert [fault for rule in RULES for fault in faults(rule["expr"], numbers_told)] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_every_rule_has_a_weight_and_says_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["alert"].startswith("Faqbot")
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert len(rule["annotations"]["summary"]) < 120
    assert len(rule["annotations"]["description"].split(". ")) >= 2


def test_names_of_rules_are_their_own_and_each_has_a_case() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
    cases = CASES.read_text("utf-8")
    assert [name for name in names if f'"{name}"' not in cases] == []


@pytest.mark.parametrize("arguments", [("check", "rules", str(FILE)), ("test", "rules", str(CASES))])
def test_prometheus_takes_the_rules_and_does_as_its_cases_say(arguments: tuple[str, ...]) -> None:
    run = promtool(*arguments)
    assert run.returncode == 0, run.stdout + run.stderr
