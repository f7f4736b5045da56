"""What an edit of the knowledge would change in the answers."""

import time
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass

from faqbot.assistant import Assistant
from faqbot.evaluation import Figures, figures
from faqbot.helpdesk.baseline import Baseline
from faqbot.helpdesk.difference import Difference, difference, worst_first
from faqbot.helpdesk.judged import case_differences, judged
from faqbot.helpdesk.shown import typed
from faqbot.knowledge.edits import KnowledgeEdit
from faqbot.knowledge.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edit would change."""

    new: tuple[Difference, ...]
    """Its own questions, whether they change or not."""
    stored: tuple[Difference, ...]
    """Questions of the knowledge that would be answered otherwise, those that become wrong first."""
    cases: tuple[Difference, ...]
    """Labelled questions that would be, in the same order."""
    questions: int
    """How many stored questions were looked at."""
    before: Figures
    """Of the labelled questions."""
    after: Figures
    seconds: float
    """It took."""


def compare(known: Baseline, changed: Assistant, edit: KnowledgeEdit, began: float) -> Preview:
    """Return what an edit changes.

    :param known: What the knowledge without it does.
    :param changed: Who answers from the knowledge with it.
    :param began: Moment of the monotonic clock from which on it takes time.
    """
    cases = judged(changed)
    return Preview(
        new=tuple(_new(known.assistant, changed, {text for _, text in edit.questions})),
        stored=worst_first(_stored(known, changed)),
        cases=worst_first(case_differences(known.cases, cases)),
        questions=len(known.assistant.knowledge.questions),
        before=figures([each.outcome for each in known.cases]),
        after=figures([each.outcome for each in cases]),
        seconds=time.monotonic() - began,
    )


def _new(before: Assistant, after: Assistant, own: Set[str]) -> list[Difference]:
    added = [question for question in after.knowledge.questions if question.text in own]
    return [difference(each, typed(before, each.text), typed(after, each.text)) for each in added]


def _stored(known: Baseline, after: Assistant) -> list[Difference]:
    """Compare the stored questions; only those that their wording does not settle are really asked."""
    touched = _touched(known.assistant.knowledge, after.knowledge)
    old, new = known.fingerprints, known.fingerprints.after(after)
    found = []
    for at, asked in enumerate(old.asked):
        first = old.of(at, touched)
        if first is None or first != new.of(at, touched):
            now = typed(after, asked.question.text, asked.conversation)
            found.append(difference(asked.question, known.typed(at), now))
    return [each for each in found if each.before != each.after]


def _touched(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str]:
    """Return the owners that get or lose questions."""
    counts = [Counter(question.owner for question in knowledge.questions) for knowledge in (before, after)]
    return frozenset(owner for owner in counts[0] | counts[1] if counts[0][owner] != counts[1][owner])
