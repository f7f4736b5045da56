"""A question that is answered otherwise after an edit, and whether that is for the better."""

from collections.abc import Sequence
from dataclasses import dataclass

from faqbot.decision import Kind
from faqbot.helpdesk.shown import Shown
from faqbot.knowledge.model import StoredQuestion


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that would be answered otherwise."""

    question: str
    language: str
    before: Shown
    after: Shown
    right_before: bool
    """Whether it got what it should get."""
    right_after: bool

    @property
    def verdict(self) -> int:
        """1 where it becomes right, -1 where it becomes wrong, 0 where it stays either."""
        return self.right_after - self.right_before


def difference(question: StoredQuestion, before: Shown, after: Shown) -> Difference:
    """Return a stored question with what it gets before and after an edit."""
    rights = [_is_right(question, shown) for shown in (before, after)]
    return Difference(question.text, question.language, before, after, *rights)


def worst_first(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return those that become wrong first, and those that become right last."""
    return tuple(sorted(found, key=lambda each: each.verdict))


def _is_right(question: StoredQuestion, shown: Shown) -> bool:
    if question.owner.startswith("topic:"):
        return shown.kind is Kind.DECLINE
    return shown.kind is Kind.ANSWER and shown.section == question.owner
