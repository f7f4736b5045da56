"""What becomes of the labelled questions of the knowledge, and where an edit changes that."""

from collections.abc import Sequence
from dataclasses import dataclass

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.evaluation import Outcome, outcome
from faqbot.helpdesk.difference import Difference
from faqbot.helpdesk.shown import Shown, shown
from faqbot.knowledge.cases import Case


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a labelled question."""

    outcome: Outcome
    shown: Shown


def judged(assistant: Assistant) -> tuple[Judged, ...]:
    """Ask all labelled questions of an assistant's knowledge but those that are too long to be typed."""
    return tuple(_judge(assistant, case) for case in assistant.knowledge.cases if len(case.text) <= LONGEST_MESSAGE)


def case_differences(before: Sequence[Judged], after: Sequence[Judged]) -> list[Difference]:
    """Return the questions that are answered otherwise; both hold the same ones, in the same order."""
    return [
        Difference(
            old.outcome.case.text,
            old.outcome.case.language,
            old.shown,
            new.shown,
            right_before=old.outcome.helped,
            right_after=new.outcome.helped,
        )
        for old, new in zip(before, after, strict=True)
        if old.shown != new.shown
    ]


def _judge(assistant: Assistant, case: Case) -> Judged:
    ranking = assistant.search(case.text)
    reply = assistant.ask(Question(case.text), ranking)
    return Judged(outcome(case, ranking.matches, reply), shown(reply))
