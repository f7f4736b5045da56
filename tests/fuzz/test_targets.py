"""The laws of fuzzing hold, for what is known already and for what Hypothesis thinks of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.seeds import FOUND, seeds
from tests.fuzz.targets import TARGETS

SNIPPETS = [
    *(
        b"# ",
        b"\n\n## Gi\xe1\xbb\x9d {#a .b}\n",
        b"- ",
        b"1. ",
        b"| a | b |\n|---|---|\n",
        b"```\n",
        b"> ",
        b"**",
        b"<b>",
    ),
    *(
        b"[x](y)",
        b"\\",
        b"&amp;",
        b": ",
        b"&a ",
        b"*a",
        b"!!str ",
        b"? ",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b"\t",
        b"\n",
    ),
    *(b"vi: ", b"en: ", b"questions:\n", b"<@U1>", b"@**", b"text", b"null", b"1e999", b"\\ud800", b"\xff", b"\0"),
    *(
        "e\u0323\u0302".encode(),
        "\u200b".encode(),
        "\u2028".encode(),
        "İ".encode(),
        b"aws",
        b"dd9",
        b"0912345678",
        b"mk: a",
    ),
]


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Give bytes of any kind, and known inputs into which something was put."""
    pieces = st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=5).map(str.encode), st.binary(max_size=3))
    free = st.lists(pieces, max_size=12).map(b"".join)
    changed = st.builds(
        lambda seed, at, piece, skip: seed[:at] + piece + seed[at + skip :],
        *(st.sampled_from(seeds(target)), st.integers(0, 400), pieces, st.integers(0, 5)),
    )
    return free | changed


@pytest.mark.parametrize("target", TARGETS)
def test_the_law_holds_for_what_is_known(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", TARGETS)
def test_the_law_holds_for_anything(target: str) -> None:
    settings(max_examples=60)(given(inputs(target))(lambda data: TARGETS[target](data)))()


def test_what_was_found_belongs_to_a_target() -> None:
    assert {folder.name for folder in FOUND.glob("*")} <= set(TARGETS)
