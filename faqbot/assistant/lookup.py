"""What a message is looked up by among the stored questions, to be answered as one of them."""

from dataclasses import dataclass
from typing import Self

from faqbot.language.utterance import Utterance
from faqbot.matching.matcher import Keys, Matcher


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a message is looked up by, before anything is ranked."""

    keys: Keys
    stems: str
    """Its words without diacritics, joined by spaces."""
    language: str
    """Of the reply."""
    carries_on: bool
    """Whether prompts that carry on from another answer come into question too."""

    @classmethod
    def of(cls, meant: Utterance, language: str, matcher: Matcher, *, carries_on: bool) -> Self:
        """Return what an utterance is looked up by, without the words that only carry on."""
        return cls(matcher.keys(meant), " ".join(word.stem for word in meant.tokens), language, carries_on)
