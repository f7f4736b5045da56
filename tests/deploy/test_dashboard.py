"""The dashboard shows what there is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import Told
from tests.deploy.expressions import faults

FILE = Path(__file__).parents[2] / "deploy" / "grafana-dashboard.json"
DASHBOARD: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
WIDTH = 24
"""Of Grafana's grid."""


def expressions() -> Iterator[str]:
    for panel in PANELS:
        yield from (target["expr"] for target in panel["targets"])
    yield from (note["expr"] for note in DASHBOARD["annotations"]["list"])
    yield from (variable["definition"] for variable in DASHBOARD["templating"]["list"] if "definition" in variable)


def test_everything_that_is_shown_is_told(numbers_told: Told) -> None:
    found = list(expressions())
    assert len(found) > 30
    assert [fault for each in found for fault in faults(each, numbers_told)] == []


def test_everything_that_is_told_is_shown(numbers_told: Told) -> None:
    shown = " ".join(expressions())
    families = {name.removesuffix("_bucket") for name in numbers_told.names if not name.endswith(("_sum", "_count"))}
    assert [name for name in families if name not in shown] == []


def test_it_works_with_any_prometheus_and_can_be_narrowed_down() -> None:
    assert {variable["name"] for variable in DASHBOARD["templating"]["list"]} == {"datasource", "job", "instance"}
    for panel in PANELS:
        assert panel["datasource"]["uid"] == "${datasource}"
        assert all('job=~"$job"' in target["expr"] for target in panel["targets"])


@pytest.mark.parametrize("panel", PANELS, ids=[panel["title"] for panel in PANELS])
def test_every_panel_says_what_it_shows(panel: dict[str, Any]) -> None:
    assert panel["title"]
    assert panel["description"]


def test_panels_have_numbers_of_their_own_and_do_not_overlap() -> None:
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < WIDTH
