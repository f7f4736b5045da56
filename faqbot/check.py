"""Look for weak spots in knowledge that loads: questions that are lost, repeated, or too few."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz, process

from faqbot.assistant import LONGEST_MESSAGE, Assistant
from faqbot.errors import Fault
from faqbot.knowledge.model import KnowledgeBase, StoredQuestion

FEWEST_QUESTIONS = 5
"""A section that has questions should have as many in each of its languages."""
NEAR_DUPLICATE = 95.0
"""rapidfuzz ratio, 0 to 100, from which two questions are taken for one."""


def check(assistant: Assistant, path: Path) -> list[Fault]:
    """Return what the loader only warned of and what the lint finds, all of it warnings, in the order of the files."""
    knowledge = assistant.knowledge
    found = [*_too_few(knowledge, path), *_near_duplicates(knowledge), *_lost(assistant)]
    return sorted([*knowledge.warnings, *found])


def _warning(question: StoredQuestion, message: str) -> Fault:
    file, _, line = question.place.rpartition(":")
    return Fault(file, int(line or 0), "warning", message)


def _too_few(knowledge: KnowledgeBase, path: Path) -> Iterator[Fault]:
    """Sections with some questions but few; a document without any is meant to do without."""
    counts = Counter((question.owner, question.language) for question in knowledge.questions if not question.follow_up)
    documents = {owner.split("/")[0] for owner, _ in counts}
    for section in knowledge.sections:
        for language in section.texts:
            count = counts[str(section.key), language]
            if section.key.document in documents and count < FEWEST_QUESTIONS:
                message = (
                    f"section {section.key} has {count} questions in {language!r}; "
                    f"{FEWEST_QUESTIONS} or more find it better"
                )
                yield Fault(str(path), 0, "warning", message)


def _near_duplicates(knowledge: KnowledgeBase) -> Iterator[Fault]:
    """Questions of different owners that differ by a letter or two."""
    questions = [question for question in knowledge.questions if not question.follow_up]
    texts = [question.text.casefold() for question in questions]
    for at, question in enumerate(questions):
        near = process.extract(texts[at], texts[at + 1 :], scorer=fuzz.ratio, score_cutoff=NEAR_DUPLICATE, limit=None)
        for _, _, offset in near:
            other = questions[at + 1 + offset]
            if other.owner != question.owner:
                yield _warning(other, f"{other.text!r} of {other.owner} is also a question of {question.owner}")


def _lost(assistant: Assistant) -> Iterator[Fault]:
    """Questions that, typed word for word, lead elsewhere."""
    for question in assistant.knowledge.questions:
        if question.follow_up:
            continue
        if len(question.text) > LONGEST_MESSAGE:
            yield _warning(question, f"a question of {question.owner} is longer than a message may be")
            continue
        ranking = assistant.search(question.text)
        topic = ranking.topic.owner if ranking.topic else None
        found = topic or str(ranking.matches[0].section.key)
        if found != question.owner:
            yield _warning(question, f"{question.text!r} of {question.owner} finds {found}")
