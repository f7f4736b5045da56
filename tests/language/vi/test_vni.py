"""Raw VNI keystrokes and the syllables that they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.fold import split_tone, tone_last
from faqbot.language.vi.syllable import is_syllable
from faqbot.language.vi.vni import decode
from tests.language.typing_keys import vni


@pytest.mark.parametrize("one_hook", [False, True])
@pytest.mark.parametrize("marks_last", [False, True])
def test_typed_syllables_come_back(marked_syllables: list[str], marks_last: bool, one_hook: bool) -> None:
    typed = {word: vni(word, marks_last=marks_last, one_hook=one_hook) for word in marked_syllables}
    assert {
        (word, keys, decode(keys)) for word, keys in typed.items() if tone_last(decode(keys) or "") != tone_last(word)
    } == set()


def test_syllables_without_marks_type_nothing(plain_syllables: list[str]) -> None:
    assert [word for word in plain_syllables if decode(word) is not None] == []


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("thu7", "thư"),
        ("vie65n", "viện"),
        ("vien65", "viện"),
        ("vien56", "viện"),
        ("d9u7o7c5", "được"),
        ("duoc975", "được"),
        ("ngoa8ng2", "ngoằng"),
        ("gi2", "gì"),
        ("mua7", "mưa"),
        ("a12", "à"),
    ],
)
def test_digits_may_come_in_any_order(keys: str, word: str) -> None:
    assert decode(keys) == word


@pytest.mark.parametrize(("keys", "word"), [("thuo73", "thuở"), ("thuo7", "thuơ"), ("quo73", "quở"), ("huo7", "huơ")])
def test_a_horn_on_o_alone_is_found(keys: str, word: str) -> None:
    assert decode(keys) == word


@pytest.mark.parametrize("keys", ["", "may", "16", "1a", "x86", "win10", "ipv4", "cat2", "a0", "má1", "a1 b2", "a١"])
def test_other_keys_type_nothing(keys: str) -> None:
    assert decode(keys) is None


@pytest.mark.parametrize("keys", ["lan7", "ban9", "tin8", "am68"])
def test_a_mark_without_its_letter_types_nothing(keys: str) -> None:
    assert decode(keys) is None


@given(st.text("abcdeghiklmnopqrstuvxy0123456789", max_size=8))
def test_what_comes_out_is_a_syllable(keys: str) -> None:
    word = decode(keys)
    assert word is None or is_syllable(*split_tone(word))


@given(st.text())
def test_any_text_can_be_asked_about(keys: str) -> None:
    assert decode(keys) is None or keys.isascii()
