"""YAML without its traps."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import faqbot
from faqbot.errors import Fault
from faqbot.yaml_file import YamlFile, read_plain

TREES = st.recursive(
    st.text() | st.none() | st.booleans() | st.integers() | st.floats() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=8,
)


def read(text: str) -> tuple[dict[str, str | list[str]], list[str]]:
    """Read a mapping of texts and lists of texts; return it and what is wrong with it."""
    faults: list[Fault] = []
    file = YamlFile("a.yaml", text, faults)
    values: dict[str, str | list[str]] = {}
    for key, node in file.mapping(file.root, "the file"):
        if isinstance(node, yaml.SequenceNode):
            values[key] = [entry for entry, _ in file.texts(node, key)]
        else:
            values[key] = file.text(node, key)
    return values, [str(fault) for fault in faults]


def test_typed_values_are_handed_out() -> None:
    values, faults = read("ten: '  Thư viện '\nhours: [mở, 'no', \"012\"]\n")
    assert values == {"ten": "Thư viện", "hours": ["mở", "no", "012"]}
    assert faults == []


@pytest.mark.parametrize("text", ["", "\n", "# nothing but a comment\n"])
def test_empty_file_has_neither_values_nor_faults(text: str) -> None:
    assert read(text) == ({}, [])


@pytest.mark.parametrize("value", ["no", "012", "12:30", "1.5", "2024-01-01", "~", "null", "", "true"])
def test_value_that_yaml_does_not_read_as_text_is_refused(value: str) -> None:
    values, faults = read(f"title: ok\nreply: {value}\n")
    assert values["reply"] == ""
    assert faults == [
        f"a.yaml:2: error: reply is {value!r}, which YAML does not read as text; put it in quotes",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: x\nb: y\na: z\n", "a.yaml:3: error: the file has the key 'a' twice"),
        ("a: '  '\n", "a.yaml:1: error: a is empty"),
        ("a: {b: c}\n", "a.yaml:1: error: a must be a text, not a mapping"),
        ("a: [x, [y]]\n", "a.yaml:1: error: an entry of a must be a text, not a list"),
        ("a:\n  - x\n  - yes\n", "a.yaml:3: error: an entry of a is 'yes', which YAML does not read as text; "),
        ("- a\n", "a.yaml:1: error: the file must be a mapping (key: value), not a list"),
        ("# title\njust text\n", "a.yaml:2: error: the file must be a mapping (key: value), not a single value"),
        ("no: x\n", "a.yaml:1: error: a key of the file is 'no', which YAML does not read as text; "),
        ("[a]: x\n", "a.yaml:1: error: a key of the file must be a text, not a list"),
        ("'': x\n", "a.yaml:1: error: a key of the file is empty"),
    ],
)
def test_wrong_type_is_a_fault_at_its_line(text: str, fault: str) -> None:
    _, faults = read(text)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


@pytest.mark.parametrize(("text", "kind"), [("a: x", "a single value"), ("a: {b: c}", "a mapping")])
def test_list_is_asked_for_by_name(text: str, kind: str) -> None:
    faults: list[Fault] = []
    file = YamlFile("a.yaml", text, faults)
    assert [file.texts(node, "vi") for _, node in file.mapping(file.root, "the file")] == [[]]
    assert [fault.message for fault in faults] == [f"vi must be a list, not {kind}"]


def test_first_of_two_values_of_a_key_is_kept() -> None:
    assert read("a: x\na: y\n")[0] == {"a": "x"}


def test_entries_come_with_their_lines() -> None:
    file = YamlFile("a.yaml", "a:\n  - x\n\n  - y\n", [])
    assert [file.texts(node, key) for key, node in file.mapping(file.root, "the file")] == [[("x", 2), ("y", 4)]]


def test_every_fault_is_found_in_one_run() -> None:
    assert [fault.split(": ")[0] for fault in read("a: no\nb: [1, x, 2]\nc: {}\n")[1]] == [
        "a.yaml:1",
        "a.yaml:2",
        "a.yaml:2",
        "a.yaml:3",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [b\n", "a.yaml:2: error: not valid YAML: "),
        ("a: b\n\tc: d\n", "a.yaml:2: error: not valid YAML: "),
        ("a: 'open", "a.yaml:1: error: not valid YAML: "),
        ("a: *nowhere\n", "a.yaml:1: error: not valid YAML: "),
        ("a: b\n---\nc: d\n", "a.yaml:2: error: not valid YAML: "),
        ("a: é\nb: \x07\n", "a.yaml:2: error: not valid YAML: control characters are not allowed"),
    ],
)
def test_invalid_yaml_is_a_fault_and_has_no_values(text: str, place: str) -> None:
    values, faults = read(text)
    assert values == {}
    assert len(faults) == 1
    assert faults[0].startswith(place)


@given(st.text() | st.text("ab:-[]{}'\"&*!|>%#?,\n \t0") | TREES.map(yaml.safe_dump))
def test_any_text_gives_values_or_faults(text: str) -> None:
    values, faults = read(text)
    assert all(values) or faults
    assert all(fault.startswith("a.yaml") for fault in faults)


@given(st.dictionaries(st.text("abc đ", min_size=1).map(str.strip).filter(bool), st.text("xyzợ", min_size=1)))
def test_quoted_texts_come_back(texts: dict[str, str]) -> None:
    values, faults = read(yaml.safe_dump(texts, default_style='"', allow_unicode=True))
    assert (values, faults) == (texts, [])


def test_plain_yaml_is_read_as_it_is() -> None:
    assert read_plain("a: [1, 'x']\nb: {c: no}\n") == {"a": [1, "x"], "b": {"c": False}}


@pytest.mark.parametrize("tag", ["object/apply:os.system", "name:os.system", "object/new:os.system", "module:os"])
def test_nothing_in_a_file_makes_an_object(tag: str) -> None:
    text = f"a: !!python/{tag} [exit]\n"
    values, faults = read(text)
    assert (values, len(faults)) == ({"a": ["exit"]}, 0) or faults
    with pytest.raises(yaml.YAMLError):
        read_plain(text)


def test_yaml_is_read_in_one_way() -> None:
    package = Path(faqbot.__file__).parent
    uses = {
        (path.relative_to(package).as_posix(), use)
        for path in package.rglob("*.py")
        for use in re.findall(r"yaml\.((?:\w+_)?(?:load|compose)\w*)\(", path.read_text("utf-8"))
    }
    assert uses == {
        ("yaml_file.py", "load"),
        ("yaml_file.py", "compose"),
        ("matching/calibration.py", "safe_load"),
    }
