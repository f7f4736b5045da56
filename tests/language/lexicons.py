"""Lexicons of a few texts."""

from collections.abc import Iterable

from faqbot.language.clean import clean
from faqbot.language.lexicon import Lexicon, count_words
from faqbot.language.token import words


def build_lexicon(texts: Iterable[tuple[str, str]]) -> Lexicon:
    """Count the words of (language, text) pairs."""
    return count_words((language, words(clean(text))) for language, text in texts)
