"""English: its rules. Its words are in words.yaml, its sentences in messages.yaml."""

import Stemmer

from faqbot.language.pack import Rules

RULES = Rules(
    stem=Stemmer.Stemmer("english").stemWord,
    decoders=(),
    looks_native=None,
    letters=frozenset(),
)
