"""Turn a message as typed into an utterance: its words as they were meant, and its language."""

import re
from dataclasses import dataclass

from faqbot.language.clean import clean
from faqbot.language.detect import detect
from faqbot.language.keyboard import decode, split_joined
from faqbot.language.lexicon import EMPTY, Lexicon
from faqbot.language.pack import language_pack, language_packs
from faqbot.language.phrases import PhraseTable
from faqbot.language.spelling import Speller
from faqbot.language.token import Token, token, tokens, words

_COMPOUND = re.compile(r"(?<!\w)\w+(?:-\w+)+")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message, understood."""

    text: str
    """The message, cleaned."""
    language: str | None
    """Code of the language it is in; None if nothing shows it."""
    tokens: tuple[Token, ...]
    """Its words without the fillers; all of them if it is nothing but fillers."""
    changes: tuple[tuple[str, str], ...]
    """Words that were read otherwise than typed: (typed, understood)."""
    typed: tuple[Token, ...]
    """All its words as they were typed."""
    corrected: frozenset[str] = frozenset()
    """Stems of words that are only there by spelling correction, and so less surely than others."""

    @property
    def key(self) -> str:
        """What two messages share that differ in capitals, spaces, punctuation and fillers only."""
        return " ".join(word.accented for word in self.tokens)

    @property
    def plain_key(self) -> str:
        """What two messages share that differ in diacritics, capitals, spaces and punctuation only, as typed."""
        return " ".join(word.stem for word in self.typed)


class Reader:
    """Reads messages with the words of one knowledge base in mind."""

    def __init__(self, lexicon: Lexicon = EMPTY) -> None:
        self.lexicon = lexicon
        """The words that it has in mind."""
        self._speller = Speller(lexicon)
        self._fillers = PhraseTable.of(filler for pack in language_packs() for filler in pack.fillers)

    def read(self, message: str) -> Utterance:
        """Understand a message that a person typed."""
        text = clean(message)
        typed = words(text)
        decoded = decode(typed, self.lexicon)
        changes = [(before, after) for before, after in zip(typed, decoded, strict=True) if before != after]
        language = detect(decoded, self.lexicon)
        in_names = {part for name in _COMPOUND.findall(text) for part in words(name)}
        meant: list[str] = []
        for index, word in enumerate(decoded):
            after_number = index > 0 and decoded[index - 1][0].isdigit()
            polite = index == len(decoded) - 1 and self._fillers.whole([token(word)]) is not None
            parts = [word] if after_number or polite or word in in_names else self._expand(word, language)
            if parts != [word]:
                changes.append((word, " ".join(parts)))
            meant.extend(parts)
        kept = [word.text for word in self._without_fillers(tuple(token(word) for word in meant))]
        spelt = self._speller.correct(kept)
        corrections = [(before, after) for before, after in zip(kept, spelt, strict=True) if before != after]
        return Utterance(
            text,
            language,
            tuple(token(word) for word in spelt),
            (*changes, *corrections),
            tuple(token(word) for word in typed),
            frozenset(token(after).stem for _, after in corrections),
        )

    def read_stored(self, text: str) -> Utterance:
        """Understand a text of the knowledge, typed with care: nothing is decoded or expanded, no language detected."""
        cleaned = clean(text)
        row = tokens(cleaned)
        return Utterance(cleaned, None, self._without_fillers(row), (), row)

    def _expand(self, word: str, language: str | None) -> list[str]:
        for pack in (language_pack(language),) if language else language_packs():
            if word in pack.shorthand and word not in pack.stop_words:
                return words(pack.shorthand[word])
        return split_joined(word, self.lexicon)

    def _without_fillers(self, row: tuple[Token, ...]) -> tuple[Token, ...]:
        """Drop filler phrases anywhere, and single filler words at the two ends, where they cannot mean a thing."""
        dropped: set[int] = set()
        for found in self._fillers.all_in(row):
            if found.end - found.start > 1:
                dropped.update(range(found.start, found.end))
        kept = [word for index, word in enumerate(row) if index not in dropped]
        start, end = 0, len(kept)
        while start < end and self._fillers.whole(kept[start : start + 1]) is not None:
            start += 1
        while start < end and self._fillers.whole(kept[end - 1 : end]) is not None:
            end -= 1
        return tuple(kept[start:end]) if 0 < end - start < len(row) else row
