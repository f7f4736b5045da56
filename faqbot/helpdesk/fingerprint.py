"""What settles the answer to a stored question, typed as it stands, without ranking anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.assistant.lookup import Lookup
from faqbot.knowledge.model import KnowledgeBase, StoredQuestion
from faqbot.language.rereading import Rereader
from faqbot.language.utterance import Utterance
from faqbot.reply import Conversation

Fingerprint = tuple[str, str, int | None]
"""Owner, language of the reply, and the passage that answers; None where the whole section does."""
_TOPIC = -1
"""In place of a passage, where a topic has one reply to everything."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored question that somebody types."""

    question: StoredQuestion
    conversation: Conversation | None
    """For a prompt that carries on, that with the answer before it, of the section that it belongs to."""


def askable(knowledge: KnowledgeBase) -> tuple[Asked, ...]:
    """Return all stored questions but those that are too long to be typed."""
    sections = {str(section.key): section.key for section in knowledge.sections}
    return tuple(
        Asked(each, Conversation(each.language, sections[each.owner]) if each.follow_up else None)
        for each in knowledge.questions
        if len(each.text) <= LONGEST_MESSAGE
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A stored question as one assistant understands it."""

    utterance: Utterance
    lookup: Lookup | None


class Fingerprints:
    """Looks stored questions up by their wording, some fifty times faster than they are answered.

    A question about a section as a whole also shows the passage that its neighbours point at. In sections that get no
    other questions it stays the same, but for what the weights of words, which all questions share, may do in a close
    run; in those that do, such questions have no fingerprint.
    """

    def __init__(self, assistant: Assistant, asked: Sequence[Asked], read: Sequence[_Read]) -> None:
        self.asked = asked
        self._assistant = assistant
        self._read = read
        self._answers = _answers(assistant)

    @classmethod
    def of_all(cls, assistant: Assistant) -> Self:
        """Read all stored questions of an assistant's knowledge."""
        asked = askable(assistant.knowledge)
        return cls(assistant, asked, [_understood(assistant, each) for each in asked])

    def after(self, changed: Assistant) -> Self:
        """Return the fingerprints of the same questions where knowledge was added, mostly without reading them again.

        :param changed: An assistant with the same documents and small talk, and more.
        """
        rereader = Rereader(self._assistant.matcher.index.reader, changed.matcher.index.reader)
        read = []
        for asked, old in zip(self.asked, self._read, strict=True):
            utterance = rereader.read(asked.question.text.strip(), old.utterance)
            same = utterance is old.utterance
            read.append(old if same else _Read(utterance, changed.lookup(utterance, asked.conversation)))
        return type(self)(changed, self.asked, read)

    def of(self, at: int, touched: frozenset[str]) -> Fingerprint | None:
        """Return what settles the answer; None where the question has to be asked.

        :param at: The question's place in ``asked``.
        :param touched: The owners that get or lose questions.
        """
        lookup = self._read[at].lookup
        owner = self._assistant.matcher.owner_of(lookup.keys, carries_on=lookup.carries_on) if lookup else None
        if lookup is None or owner is None:
            return None
        if owner.startswith("topic:"):
            return owner, lookup.language, _TOPIC
        answers = self._answers.get((owner, lookup.stems), frozenset())
        if len(answers) != 1:
            return None
        passage = dict(next(iter(answers))).get(lookup.language)
        return None if passage is None and owner in touched else (owner, lookup.language, passage)


def _understood(assistant: Assistant, asked: Asked) -> _Read:
    utterance = assistant.read(asked.question.text)
    return _Read(utterance, assistant.lookup(utterance, asked.conversation))


def _answers(assistant: Assistant) -> dict[tuple[str, str], frozenset[frozenset[tuple[str, int]]]]:
    """Return the different answers of questions that an owner has in the same words, by owner and words."""
    found: dict[tuple[str, str], frozenset[frozenset[tuple[str, int]]]] = {}
    family = assistant.matcher.index.questions
    for stems, number in zip(family.stems, family.numbers.tolist(), strict=True) if family else ():
        question = assistant.knowledge.questions[number]
        key = question.owner, stems
        found[key] = found.get(key, frozenset()) | {frozenset(question.answers.items())}
    return found
