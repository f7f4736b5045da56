"""Read messages again after the knowledge has got more words, without reading again what stays as it was."""

from faqbot.language.detect import detect
from faqbot.language.fold import fold
from faqbot.language.lexicon import Lexicon
from faqbot.language.utterance import Reader, Utterance


class Rereader:
    """Gives what the second of two readers would read, mostly from what the first one read."""

    def __init__(self, before: Reader, after: Reader) -> None:
        self._reader = after
        self._lexicon = after.lexicon
        self._known = before.lexicon.counts
        self._changed = _changed(before.lexicon, after.lexicon)
        self._grown = _has_grown(before.lexicon, after.lexicon)

    def read(self, message: str, before: Utterance) -> Utterance:
        """Return what the second reader makes of a message.

        A message whose words the first lexicon knows, and which was understood as it was typed, can only be read
        otherwise by its language: known words are neither decoded, nor split, nor corrected, and they stay known in a
        lexicon that has all words of the first one.

        :param before: What the first reader makes of it.
        """
        words = [word.text for word in before.typed]
        folded = [fold(word) for word in words]
        if not self._grown or before.changes or not all(word in self._known for word in folded):
            return self._reader.read(message)
        if self._changed.isdisjoint(folded) or detect(words, self._lexicon) == before.language:
            return before
        return self._reader.read(message)


def _changed(before: Lexicon, after: Lexicon) -> frozenset[str]:
    """Return the words that are not used as often as before."""
    return frozenset(word for word, uses in after.counts.items() if before.counts.get(word) != uses)


def _has_grown(before: Lexicon, after: Lexicon) -> bool:
    """Return whether all words of the first lexicon are in the second one."""
    return before.counts.keys() <= after.counts.keys() and before.written <= after.written
