"""The numbers of a decision are kept in a file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.errors import KnowledgeError
from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds, read_calibration
from faqbot.matching.evidence import NOTHING_EVIDENCE, OWNER_EVIDENCE
from faqbot.matching.model import Weights

THRESHOLDS = "thresholds: {answer: 0.5, clarify: 0.4}\n"
WEIGHTS = st.fixed_dictionaries({name: st.floats(-99, 99) for name in (*OWNER_EVIDENCE, *NOTHING_EVIDENCE)})


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calibration") / "calibration.yaml"


def refusal(file: Path, content: str | bytes) -> str:
    """Return why a file with that content is refused."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KnowledgeError) as caught:
        read_calibration(file)
    return str(caught.value)


@settings(max_examples=30)
@given(WEIGHTS, st.floats(0, 1), st.floats(0, 1))
def test_what_is_written_is_read(file: Path, weights: dict[str, float], answer: float, clarify: float) -> None:
    written = Calibration(Weights.of(weights), Thresholds(answer, clarify))
    file.write_text(written.to_yaml(), "utf-8")
    read = read_calibration(file)
    assert read.weights.by_name() == pytest.approx(weights, abs=1e-4)
    assert (read.thresholds.answer, read.thresholds.clarify) == pytest.approx((answer, clarify), abs=1e-4)


def test_writing_again_changes_nothing(file: Path) -> None:
    file.write_text(DEFAULT.to_yaml(), "utf-8")
    assert read_calibration(file).to_yaml() == DEFAULT.to_yaml()


def test_the_file_says_where_it_comes_from() -> None:
    assert DEFAULT.to_yaml().startswith("# Written by `faqbot calibrate`")


def test_a_weight_that_is_missing_is_none(file: Path) -> None:
    file.write_text("weights: {word: 2}\n" + THRESHOLDS, "utf-8")
    assert read_calibration(file).weights.by_name() == Weights.of({"word": 2.0}).by_name()


def test_default_thresholds_are_probabilities() -> None:
    assert 0 < DEFAULT.thresholds.clarify <= DEFAULT.thresholds.answer < 1


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("weights: {wrod: 1}\n" + THRESHOLDS, "'wrod'"),
        ("weights: {1: 2, wrod: 1}\n" + THRESHOLDS, "wrod"),
        ("weights: {word: heavy}\n" + THRESHOLDS, "'heavy'"),
        ("weights: {}\nthresholds: {answer: 0.5, clarify: 0.4, shout: 1}\n", "'shout'"),
        ("weights: {}\nthresholds: {answer: 0.5}\n", "'clarify'"),
        ("weights: {}\n", "'thresholds'"),
        (THRESHOLDS, "'weights'"),
        (THRESHOLDS + "weights: {}\ncolours: {}\n", "'colours'"),
    ],
)
def test_the_fault_is_named(file: Path, content: str, named: str) -> None:
    assert named in refusal(file, content)


@pytest.mark.parametrize("value", ["null", "[1]", "{a: 1}", "true", "'3'", "2024-02-01", ".nan", ".inf", "1" * 400])
def test_a_weight_must_be_a_number(file: Path, value: str) -> None:
    assert "is no calibration file" in refusal(file, f"weights: {{word: {value}}}\n{THRESHOLDS}")


@pytest.mark.parametrize("value", ["-0.1", "1.1", "75", ".nan"])
@pytest.mark.parametrize("name", ["answer", "clarify"])
def test_a_threshold_must_be_a_probability(file: Path, name: str, value: str) -> None:
    numbers = {"answer": "0.5", "clarify": "0.4"} | {name: value}
    thresholds = ", ".join(f"{each}: {number}" for each, number in numbers.items())
    assert "is no calibration file" in refusal(file, f"weights: {{}}\nthresholds: {{{thresholds}}}\n")


@pytest.mark.parametrize("values", ["", "5", "word", "''", "[]", "[word]"])
def test_weights_must_be_given_by_name(file: Path, values: str) -> None:
    assert "is no calibration file" in refusal(file, f"weights: {values}\n{THRESHOLDS}")


@pytest.mark.parametrize("values", ["", "5", "''", "[]", "[answer, clarify]"])
def test_thresholds_must_be_given_by_name(file: Path, values: str) -> None:
    assert "is no calibration file" in refusal(file, f"weights: {{}}\nthresholds: {values}\n")


@pytest.mark.parametrize("content", ["", "3", "[]", "weights", "a: b: c", "{", "\x00", b"\xff\xfe", "--- {}\n--- {}\n"])
def test_what_is_no_mapping_is_refused_with_its_name(file: Path, content: str | bytes) -> None:
    assert refusal(file, content).startswith(f"{file}: error: is no calibration file")


def test_a_refusal_says_what_to_do(file: Path) -> None:
    assert "`faqbot calibrate` writes one" in refusal(file, "")


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="is no calibration file"):
        read_calibration(tmp_path / name)
