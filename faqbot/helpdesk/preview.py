"""What a change of the knowledge would change in the answers, before it is made."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import EditError
from faqbot.evaluation import Figures, Outcome, figures, outcome
from faqbot.helpdesk.fingerprint import Fingerprints
from faqbot.knowledge.cases import Case
from faqbot.knowledge.edits import KnowledgeEdit, content_of
from faqbot.knowledge.model import KnowledgeBase, StoredQuestion
from faqbot.knowledge.overlay import CANDIDATE, Candidate, EditSource
from faqbot.live import LiveAssistant
from faqbot.reply import Conversation, Reply
from faqbot.startup import load_assistant


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees of a reply."""

    kind: Kind
    section: str | None
    """Text form of the key of the section that answers, or of the first one on offer."""
    title: str
    """Of that section; of a reply that declines, its words."""
    passage: str | None


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


@dataclass(frozen=True, slots=True)
class _Baseline:
    """What the knowledge of now does; worked out once for all edits that are tried on it."""

    assistant: Assistant
    fingerprints: Fingerprints
    cases: tuple[tuple[Outcome, Shown], ...]
    prompts: tuple[Shown, ...]
    """Of the questions that carry on from another answer, in their order."""


class Previewer:
    """Tries edits, one at a time: each takes seconds of work."""

    def __init__(self, live: LiveAssistant, source: EditSource) -> None:
        self._live = live
        self._source = source
        self._lock = threading.Lock()
        self._baseline: _Baseline | None = None

    def preview(self, edit: KnowledgeEdit) -> Preview:
        """Return what an edit would change.

        :raises EditError: if it cannot be made.
        :raises StoreError: if nobody can say which edits are in force.
        """
        with self._lock:
            began = time.monotonic()
            candidate = Candidate(edit.kind, content_of(edit))
            edits = [*self._source.in_force(), candidate]
            self._live.refresh()
            changed = load_assistant(self._live.path, edits, remember=False)
            _require_made(changed.knowledge)
            return _compare(self._known(edits), changed, edit, began)

    def _known(self, edits: Sequence[Any]) -> _Baseline:
        """Return what the knowledge of now does, by wording alone: nearness in meaning takes a service to tell."""
        current = self._live.current()
        known = self._baseline
        if known is None or known.assistant.knowledge.revision != current.knowledge.revision:
            by_wording = current if self._live.meaning is None else load_assistant(self._live.path, edits[:-1])
            prompts = _prompted(by_wording, by_wording.knowledge)
            known = _Baseline(by_wording, Fingerprints(by_wording), _judged(by_wording), prompts)
            self._baseline = known
        return known


def _require_made(knowledge: KnowledgeBase) -> None:
    for refused in knowledge.refused:
        if refused.number == CANDIDATE:
            raise EditError(refused.reason, refused.what, refused.message)


def _compare(known: _Baseline, changed: Assistant, edit: KnowledgeEdit, began: float) -> Preview:
    before, after = known.assistant, changed
    own = {text for _, text in edit.questions}
    cases = _judged(changed)
    stored = [*_stored(before, known.fingerprints, after), *_prompts(known, changed)]
    return Preview(
        new=tuple(_new(before, after, own)),
        stored=_worst_first(stored),
        cases=_worst_first(_case_differences(known.cases, cases)),
        questions=len(before.knowledge.questions),
        before=figures([each for each, _ in known.cases]),
        after=figures([each for each, _ in cases]),
        seconds=time.monotonic() - began,
    )


def _new(before: Assistant, after: Assistant, own: set[str]) -> list[Difference]:
    added = [question for question in after.knowledge.questions if question.text in own]
    return [_difference(question, _ask(before, question.text), _ask(after, question.text)) for question in added]


def _stored(before: Assistant, old: Fingerprints, after: Assistant) -> list[Difference]:
    """Compare the questions that stand alone; only those that their wording does not settle are really asked."""
    touched = _touched(before.knowledge, after.knowledge)
    new = Fingerprints(after)
    found = []
    for question in before.knowledge.questions:
        if question.follow_up or len(question.text) > LONGEST_MESSAGE:
            continue
        first = old.of(question.text, touched)
        if first is None or first != new.of(question.text, touched):
            found.append(_difference(question, _ask(before, question.text), _ask(after, question.text)))
    return [each for each in found if each.before != each.after]


def _touched(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str]:
    """Return the owners that get or lose questions."""
    counts = [Counter(question.owner for question in knowledge.questions) for knowledge in (before, after)]
    return frozenset(owner for owner in counts[0] | counts[1] if counts[0][owner] != counts[1][owner])


def _prompted(assistant: Assistant, knowledge: KnowledgeBase) -> tuple[Shown, ...]:
    """Ask the questions that carry on from another answer, after the answer of their own section."""
    return tuple(_ask(assistant, each.text, _after(knowledge, each)) for each in knowledge.questions if each.follow_up)


def _prompts(known: _Baseline, changed: Assistant) -> list[Difference]:
    knowledge = known.assistant.knowledge
    questions = [each for each in knowledge.questions if each.follow_up]
    pairs = zip(questions, known.prompts, _prompted(changed, knowledge), strict=True)
    return [_difference(each, old, new) for each, old, new in pairs if old != new]


def _after(knowledge: KnowledgeBase, question: StoredQuestion) -> Conversation:
    section = next(section for section in knowledge.sections if str(section.key) == question.owner)
    return Conversation(question.language, section.key)


def _judged(assistant: Assistant) -> tuple[tuple[Outcome, Shown], ...]:
    return tuple(_judge(assistant, case) for case in assistant.knowledge.cases if len(case.text) <= LONGEST_MESSAGE)


def _judge(assistant: Assistant, case: Case) -> tuple[Outcome, Shown]:
    reply = assistant.ask(Question(case.text))
    return outcome(case, assistant.search(case.text).matches, reply), _shown(reply)


def _case_differences(
    before: Sequence[tuple[Outcome, Shown]], after: Sequence[tuple[Outcome, Shown]]
) -> list[Difference]:
    return [
        Difference(old.case.text, old.case.language, shown, now_shown, old.helped, new.helped)
        for (old, shown), (new, now_shown) in zip(before, after, strict=True)
        if shown != now_shown
    ]


def _difference(question: StoredQuestion, before: Shown, after: Shown) -> Difference:
    rights = [_is_right(question, shown) for shown in (before, after)]
    return Difference(question.text, question.language, before, after, *rights)


def _is_right(question: StoredQuestion, shown: Shown) -> bool:
    if question.owner.startswith("topic:"):
        return shown.kind is Kind.DECLINE
    return shown.kind is Kind.ANSWER and shown.section == question.owner


def _ask(assistant: Assistant, text: str, conversation: Conversation | None = None) -> Shown:
    return _shown(assistant.ask(Question(text, conversation=conversation)))


def _shown(reply: Reply) -> Shown:
    if reply.kind is Kind.ANSWER and reply.section is not None:
        return Shown(reply.kind, str(reply.section), reply.title or "", reply.passage)
    if reply.kind is Kind.CLARIFY:
        first = reply.suggestions[0]
        return Shown(reply.kind, str(first.key), " / ".join(each.title for each in reply.suggestions), None)
    return Shown(reply.kind, None, reply.words, None)


def _worst_first(found: Sequence[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda each: each.verdict))
