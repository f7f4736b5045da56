"""Raw Telex keystrokes and the syllables that they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.fold import split_tone, tone_last
from faqbot.language.vi.syllable import is_syllable
from faqbot.language.vi.telex import decode
from tests.language.typing_keys import telex


@pytest.mark.parametrize("one_hook", [False, True])
@pytest.mark.parametrize("marks_last", [False, True])
def test_typed_syllables_come_back(marked_syllables: list[str], marks_last: bool, one_hook: bool) -> None:
    typed = {word: telex(word, marks_last=marks_last, one_hook=one_hook) for word in marked_syllables}
    assert {
        (word, keys, decode(keys)) for word, keys in typed.items() if tone_last(decode(keys) or "") != tone_last(word)
    } == set()


def test_syllables_without_marks_type_nothing(plain_syllables: list[str]) -> None:
    assert [word for word in plain_syllables if decode(word) is not None] == []


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("thuw", "thư"),
        ("vieenj", "viện"),
        ("viejen", "viện"),
        ("vietje", "việt"),
        ("dduwowcj", "được"),
        ("duocwdj", "được"),
        ("ddi", "đi"),
        ("did", "đi"),
        ("wng", "ưng"),
        ("ws", "ứ"),
        ("thuowr", "thuở"),
        ("quowr", "quở"),
        ("ngoawngf", "ngoằng"),
        ("quawng", "quăng"),
        ("muaw", "mưa"),
        ("gif", "gì"),
        ("nghieengs", "nghiếng"),
    ],
)
def test_marks_may_come_anywhere_behind_their_letter(keys: str, word: str) -> None:
    assert decode(keys) == word


@pytest.mark.parametrize("keys", ["", "kvm", "brr", "library", "windows", "catf", "linw", "qwuw", "máy", "a1", "a s"])
def test_other_keys_type_nothing(keys: str) -> None:
    assert decode(keys) is None


@given(st.text("abcdeghiklmnopqrstuvwxyfjz", max_size=8))
def test_what_comes_out_is_a_new_syllable(keys: str) -> None:
    word = decode(keys)
    assert word is None or (word != keys and is_syllable(*split_tone(word)))


@given(st.text())
def test_any_text_can_be_asked_about(keys: str) -> None:
    assert decode(keys) is None or keys.isascii()
