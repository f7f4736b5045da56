"""Fitting the default weights prints them, and how well they do."""

from pathlib import Path

import pytest
import yaml

from faqbot.bench import defaults
from faqbot.bench.mixture import held_out
from faqbot.matching.calibration import DEFAULT
from tests.conftest import DATA


def test_the_weights_are_printed_and_judged(
    squad: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(defaults, "KNOWLEDGE", DATA / "library")
    defaults.main(str(squad))
    printed = capsys.readouterr().out
    weights = yaml.safe_load(printed.split("thresholds:")[0])["weights"]
    assert set(weights) == set(DEFAULT.weights.by_name())
    assert [word in printed for word in ("vi, raw Telex", "en, 2 typos", "one is right")] == [True] * 3


def test_every_example_is_in_one_row_of_what_a_probability_is_worth(squad: Path) -> None:
    examples = list(held_out(squad))
    table = defaults.worth(examples, DEFAULT.weights)
    for column in (1, 3):
        assert sum(int(str(cell)) for cell in table.columns[column].cells) == len(examples)
