"""Examples with a known answer, made of a knowledge base's own questions by hiding some of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from faqbot.knowledge.model import KnowledgeBase, StoredQuestion
from faqbot.matching.evidence import gather
from faqbot.matching.index import Index, build_index
from faqbot.matching.model import Example

FOLDS = 5
_EVERY_OF_HIDDEN = 3


def cross_validate(knowledge: KnowledgeBase) -> Iterator[Example]:
    """Yield an example for most stored questions, matched against knowledge that lacks them.

    In each of five rounds every fifth question is hidden; so is every fifth topic and, where there are five or more,
    every tenth section, so that a third of their questions become ones that nothing answers.
    """
    for fold in range(FOLDS):
        hidden = _hidden_owners(knowledge, fold)
        questions = knowledge.questions
        left = [each for at, each in enumerate(questions) if each.owner not in hidden and at % FOLDS != fold]
        asked = [each for at, each in enumerate(questions) if each.owner not in hidden and at % FOLDS == fold]
        unanswerable = [each for each in questions if each.owner in hidden][::_EVERY_OF_HIDDEN]
        index = build_index(_without(knowledge, hidden, left))
        yield from _examples([*asked, *unanswerable], index)


def example(text: str, right: Sequence[str], index: Index) -> Example:
    """Make an example of a message; ``right`` names the owners that answer it, none if nothing does."""
    evidence = gather(index.reader.read(text), index)
    rows = [index.rows[owner] for owner in right if owner in index.rows]
    answering = np.flatnonzero(np.isin(evidence.candidates, rows))
    topics = np.flatnonzero(evidence.candidates >= index.section_count)
    return Example(evidence, frozenset(answering.tolist() or [*topics.tolist(), len(evidence.candidates)]))


def _examples(questions: Sequence[StoredQuestion], index: Index) -> Iterator[Example]:
    for question in questions:
        if not question.follow_up:
            yield example(question.text, [] if question.owner.startswith("topic:") else [question.owner], index)


def _hidden_owners(knowledge: KnowledgeBase, fold: int) -> frozenset[str]:
    topics = [topic.owner for topic in knowledge.topics[fold::FOLDS]]
    sections = [str(section.key) for section in knowledge.sections[fold :: 2 * FOLDS]]
    return frozenset(topics + (sections if len(knowledge.sections) >= FOLDS else []))


def _without(knowledge: KnowledgeBase, hidden: frozenset[str], questions: Sequence[StoredQuestion]) -> KnowledgeBase:
    return replace(
        knowledge,
        questions=tuple(questions),
        topics=tuple(topic for topic in knowledge.topics if topic.owner not in hidden),
        sections=tuple(section for section in knowledge.sections if str(section.key) not in hidden),
    )
