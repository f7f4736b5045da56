"""Vietnamese syllables to test with."""

import pytest

from faqbot.language.fold import split_tone
from faqbot.language.vi.syllable import is_syllable


@pytest.fixture(scope="session")
def marked_syllables(shipped_words: frozenset[str]) -> list[str]:
    """Syllables of the shipped knowledge that need more than the plain letters of a keyboard."""
    syllables = [word for word in sorted(shipped_words) if not word.isascii() and is_syllable(*split_tone(word))]
    assert len(syllables) > 1000
    return syllables


@pytest.fixture(scope="session")
def plain_syllables(shipped_words: frozenset[str]) -> list[str]:
    """Syllables of the shipped knowledge that are typed as they are written."""
    syllables = [word for word in sorted(shipped_words) if word.isascii() and is_syllable(word)]
    assert len(syllables) > 100
    return syllables
