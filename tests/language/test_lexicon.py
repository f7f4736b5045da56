"""The words that a knowledge base uses, by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.language.fold import fold
from faqbot.language.lexicon import EMPTY, Lexicon
from faqbot.language.pack import LANGUAGES
from tests.language.lexicons import build_lexicon

TEXTS = st.lists(st.tuples(st.sampled_from(LANGUAGES), st.text(st.characters())))


def test_words_are_counted_by_language_without_their_diacritics() -> None:
    lexicon = build_lexicon([("vi", "Máy ảo, máy chủ; mây"), ("en", "may I use a VM")])
    assert lexicon.counts["may"] == {"vi": 3, "en": 1}
    assert lexicon.counts["vm"] == {"vi": 0, "en": 1}


def test_words_are_kept_as_they_are_written() -> None:
    assert build_lexicon([("vi", "Máy ẢO"), ("en", "16GB RAM")]).written == {"máy", "ảo", "16", "gb", "ram"}


@pytest.mark.parametrize(("language", "share"), [("vi", 3.5 / 5), ("en", 1.5 / 5)])
def test_share_leaves_room_for_uses_not_seen(language: str, share: float) -> None:
    lexicon = build_lexicon([("vi", "snapshot snapshot snapshot"), ("en", "snapshot")])
    assert lexicon.share("snapshot", language) == share


@pytest.mark.parametrize("lexicon", [EMPTY, build_lexicon([]), build_lexicon([("vi", "máy")])])
def test_unknown_word_has_no_share(lexicon: Lexicon) -> None:
    assert lexicon.share("snapshot", "vi") is None


@given(TEXTS)
def test_shares_of_a_word_lie_between_0_and_1_and_add_up_to_1(texts: list[tuple[str, str]]) -> None:
    lexicon = build_lexicon(texts)
    for word in lexicon.counts:
        shares = [lexicon.share(word, language) or 0 for language in LANGUAGES]
        assert all(0 < share < 1 for share in shares)
        assert sum(shares) == pytest.approx(1)


@given(TEXTS)
def test_order_of_the_texts_does_not_count(texts: list[tuple[str, str]]) -> None:
    lexicon = build_lexicon(texts)
    assert build_lexicon(reversed(texts)) == lexicon
    assert {fold(word) for word in lexicon.written} == set(lexicon.counts)
