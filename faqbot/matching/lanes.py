"""The lanes: ways of looking at the same words, each of which sees what the others miss."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from faqbot.knowledge.model import Concept
from faqbot.language.phrases import PhraseTable
from faqbot.language.token import Token

LANES = ("word", "pair", "accented", "concept")
"""Words without diacritics; neighbouring two of them; words and pairs with diacritics; concepts of the glossary."""

TEXT_LANES = ("word", "pair", "concept", "character")
"""Ways in which whole sections are indexed: as three of the lanes do, and by runs of characters."""

_RUN_LENGTHS = (4, 5)


class LaneReader:
    """Reads the features of each lane off a row of tokens."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = PhraseTable((wording, concept.id) for concept in concepts for wording in concept.wordings)

    def read(self, row: Sequence[Token]) -> Mapping[str, list[str]]:
        """Return the features of each lane."""
        return {lane: self.lane(lane, row) for lane in LANES}

    def lane(self, lane: str, row: Sequence[Token]) -> list[str]:
        """Return the features of one lane, of LANES or TEXT_LANES, in the order they stand, repeats included.

        The accented lane is empty for a message typed without any diacritic: it could only mislead there.
        """
        match lane:
            case "word":
                return [word.stem for word in row]
            case "pair":
                return pairs([word.stem for word in row])
            case "accented":
                accented = [word.accented for word in row]
                return [] if all(word.unaccented for word in row) else accented + pairs(accented)
            case "character":
                return runs([word.stem for word in row])
            case _:
                return self.concepts(row)

    def concepts(self, row: Sequence[Token]) -> list[str]:
        """Return the ids of the glossary's concepts in the row."""
        return [found.value for found in self._concepts.all_in(row)]


def runs(stems: Sequence[str]) -> list[str]:
    """Return every run of four and of five characters, with a space at both ends and between words.

    They see what spelling hides: compounds, endings, typos.
    """
    text = f" {' '.join(stems)} "
    return [text[at : at + length] for length in _RUN_LENGTHS for at in range(len(text) - length + 1)]


def pairs(row: Sequence[str]) -> list[str]:
    """Return each two neighbouring words, joined by a space."""
    return [f"{left} {right}" for left, right in pairwise(row)]
