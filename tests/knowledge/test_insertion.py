"""What is added to a YAML text leaves the rest as it is."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from faqbot.knowledge.insertion import Insertion
from faqbot.yaml_file import read_plain

TEXT = """\
# giờ giấc
hours:
  related: [menu]   # xem thêm
  questions:
    - vi:
        - "mấy giờ mở"
        # câu cuối
        - 'đóng chưa'   # ngắn

      en: [when, 'open?']
    # hết

menu:
  questions:
  - vi:
    - |
      thực đơn

# cuối tệp
"""


def node_at(insertion: Insertion, *path: str | int) -> Any:
    node: Any = insertion.root
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return node


def added(text: str, change: Callable[[Insertion], None]) -> str:
    insertion = Insertion(text)
    change(insertion)
    return insertion.result()


def test_nothing_added_changes_nothing() -> None:
    assert Insertion(TEXT).result() == TEXT


def test_an_entry_goes_behind_the_last_one() -> None:
    def change(insertion: Insertion) -> None:
        insertion.append(node_at(insertion, "hours", "questions", 0, "vi"), ["mở chưa"])

    expected = TEXT.replace("# ngắn\n", '# ngắn\n        - "mở chưa"\n')
    assert added(TEXT, change) == expected


def test_a_list_in_brackets_grows_inside_them() -> None:
    def change(insertion: Insertion) -> None:
        insertion.append(node_at(insertion, "hours", "questions", 0, "en"), ["a"])
        insertion.append(node_at(insertion, "hours", "questions", 0, "en"), ["b"])
        insertion.append(node_at(insertion, "hours", "related"), ["tea"])

    expected = TEXT.replace("'open?']", '\'open?\', "a", "b"]').replace("[menu]", '[menu, "tea"]')
    assert added(TEXT, change) == expected


def test_the_deeper_comes_first_at_one_place() -> None:
    def change(insertion: Insertion) -> None:
        insertion.put(node_at(insertion), "tea", {"questions": [{"vi": ["trà"]}]})
        insertion.append(node_at(insertion, "menu", "questions"), [{"vi": ["món"], "answer": {"vi": "Trà."}}])
        insertion.append(node_at(insertion, "menu", "questions", 0, "vi"), ["giá"])

    text = added(TEXT, change)
    assert text.endswith(
        '      thực đơn\n    - "giá"\n  - vi:\n      - "món"\n    answer:\n      vi: "Trà."\n\n'
        'tea:\n  questions:\n    - vi:\n        - "trà"\n\n# cuối tệp\n'
    )
    assert read_plain(text)["menu"]["questions"][1]["answer"] == {"vi": "Trà."}


@pytest.mark.parametrize(
    "text", ["", "# chỉ có ghi chú\n", "a: [x]", "a: [x]\r\n", "{a: [x]}", "{}\n", "a: {vi: [x,]}\n", "a:\n- x\n"]
)
def test_a_key_can_be_put_into_any_mapping(text: str) -> None:
    def change(insertion: Insertion) -> None:
        assert insertion.root is None or isinstance(insertion.root, yaml.MappingNode)
        insertion.put(insertion.root, "no", {"vi": ["x", "y"]})

    changed = added(text, change)
    assert read_plain(changed) == {**(read_plain(text) or {}), "no": {"vi": ["x", "y"]}}
    assert ("\r\n" in changed) == ("\r\n" in text)


def test_a_broken_text_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        Insertion("a: [")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), st.booleans())
def test_any_text_is_read_back_as_it_was(texts: list[str], flow: bool) -> None:
    before = "a: [x]\nb: 1\n" if flow else "a:\n  - x\nb: 1\n"
    changed = added(before, lambda insertion: insertion.append(node_at(insertion, "a"), texts))
    assert read_plain(changed) == {"a": ["x", *texts], "b": 1}
