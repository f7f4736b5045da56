"""Recognise a message that asks for nothing, such as a greeting."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from faqbot.knowledge.model import SmallTalk
from faqbot.language.clean import clean
from faqbot.language.pack import language_packs
from faqbot.language.phrases import PhraseFound, PhraseTable
from faqbot.language.token import Token, tokens
from faqbot.language.utterance import Utterance

_VARIANT = re.compile(r"[\s\ufe0f\U0001f3fb-\U0001f3ff]")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class SmallTalkHeard:
    """What kind of small talk a message is."""

    kind: SmallTalk
    language: str | None
    """Of the phrase; None for one that several languages have, and for a sign such as an emoji."""


def asking_for_a_person() -> SmallTalk:
    """Return the one kind that every knowledge base has."""
    packs = language_packs()
    phrases = tuple((pack.code, phrase) for pack in packs for phrase in pack.person)
    return SmallTalk("person", phrases, {pack.code: pack.say("person") for pack in packs}, offers_person=True)


class SmallTalkTable:
    """The phrases and signs of all kinds of small talk."""

    def __init__(self, kinds: Iterable[SmallTalk]) -> None:
        entries = list(_entries(kinds))
        self._phrases = PhraseTable((phrase, SmallTalkHeard(kind, language)) for language, phrase, kind in entries)
        self._signs = {_sign(phrase): SmallTalkHeard(kind, None) for _, phrase, kind in entries if not tokens(phrase)}
        self._fillers = PhraseTable.of(filler for pack in language_packs() for filler in pack.fillers)

    def hear(self, utterance: Utterance) -> SmallTalkHeard | None:
        """Return the kind of a message that is small talk and nothing else; None for any other message.

        Phrases and fillers may stand side by side, as in "dạ em cảm ơn ạ"; the longest phrase tells the kind, the
        first of equally long ones.
        """
        if not utterance.tokens:
            return self._signs.get(_sign(utterance.text))
        return self._only_phrases(utterance.typed) or self._only_phrases(utterance.tokens)

    def _only_phrases(self, row: Sequence[Token]) -> SmallTalkHeard | None:
        heard: list[PhraseFound[SmallTalkHeard]] = []
        at = 0
        while at < len(row):
            phrase, filler = self._phrases.at(row, at), self._fillers.at(row, at)
            ends = [found.end for found in (phrase, filler) if found]
            if not ends:
                return None
            if phrase:
                heard.append(phrase)
            at = max(ends)
        longest = max(heard, key=lambda found: found.end - found.start, default=None)
        return longest.value if longest else None


def _entries(kinds: Iterable[SmallTalk]) -> Iterator[tuple[str | None, str, SmallTalk]]:
    """Yield each phrase with its kind, and the language if no other has it."""
    for kind in kinds:
        repeated = Counter(phrase for _, phrase in kind.phrases)
        for language, phrase in kind.phrases:
            yield (language if repeated[phrase] == 1 else None), phrase, kind


def _sign(text: str) -> str:
    """Return what an emoji or a smiley is, whatever its colour and however often it is repeated."""
    return _REPEATED.sub(r"\1", _VARIANT.sub("", clean(text)))
