"""Read what a YAML file says in several languages."""

from collections.abc import Callable, Sized

import pytest
import yaml

from faqbot.knowledge.by_language import by_language, lists_by_language
from faqbot.yaml_file import YamlFile
from tests.knowledge.building import yaml_of


def test_texts_are_read_by_language() -> None:
    file, faults = yaml_of("{vi: Chào, en: Hello}")
    assert file.root is not None
    assert by_language(file, file.root, "reply") == {"vi": "Chào", "en": "Hello"}
    assert not faults


def test_texts_of_lists_are_read_with_language_and_line() -> None:
    file, faults = yaml_of("vi:\n  - chào\n  - xin chào\nen: [hello]\n")
    assert file.root is not None
    found = lists_by_language(file, file.root, "phrases")
    assert found == [("vi", "chào", 2), ("vi", "xin chào", 3), ("en", "hello", 4)]
    assert not faults


@pytest.mark.parametrize("read", [by_language, lists_by_language])
def test_an_unknown_language_is_a_fault_and_left_out(read: Callable[[YamlFile, yaml.Node, str], Sized]) -> None:
    file, faults = yaml_of("fr: salut\n")
    assert file.root is not None
    assert not read(file, file.root, "reply")
    assert [(fault.line, fault.message) for fault in faults] == [(1, "'fr' is no language; there are vi, en")]
