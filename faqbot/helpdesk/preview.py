"""What a change of the knowledge would change in the answers, before it is made."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.decision import Kind
from faqbot.errors import EditError, FaqbotError
from faqbot.evaluation import Figures, Outcome, figures, outcome
from faqbot.helpdesk.fingerprint import Asked, Fingerprints
from faqbot.knowledge.cases import Case
from faqbot.knowledge.edits import KnowledgeEdit, content_of
from faqbot.knowledge.model import KnowledgeBase, StoredQuestion
from faqbot.knowledge.overlay import CANDIDATE, Candidate, EditSource, KeptEdit
from faqbot.live import LiveAssistant
from faqbot.reply import Reply
from faqbot.startup import load_assistant, no_garbage


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

    revision: str
    """Of the knowledge."""
    assistant: Assistant
    fingerprints: Fingerprints
    cases: tuple[tuple[Outcome, Shown], ...]
    shown: dict[int, Shown] = field(default_factory=dict)
    """What somebody sees who types a stored question, for those that had to be asked so far, by their place."""

    def of(self, at: int) -> Shown:
        """Return what somebody sees who types the stored question at a place."""
        if at not in self.shown:
            self.shown[at] = _typed(self.assistant, self.fingerprints.asked[at])
        return self.shown[at]


class Previewer:
    """Tries edits, one at a time: each takes seconds of work.

    What it shows is what asking everything before and after the edit would show: of every test case all of it, of
    every stored question the kind of reply, the section and the passage. One thing is taken for granted: a question
    about a section as a whole, in a section that gets no question, keeps the passage that is marked for it.
    """

    def __init__(self, live: LiveAssistant, source: EditSource) -> None:
        self._live = live
        self._source = source
        self._lock = threading.Lock()
        self._baseline: _Baseline | None = None
        self._preparing: threading.Thread | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a preview can begin with the edit: what the knowledge of now does has been worked out."""
        known = self._baseline
        return known is not None and known.revision == self._live.current().knowledge.revision

    def prepare(self) -> None:
        """Work out what the knowledge of now does, in a thread of its own, if that is not known yet."""
        if not self.is_ready and (self._preparing is None or not self._preparing.is_alive()):
            self._preparing = threading.Thread(target=self._prepare, name="preview", daemon=True)
            self._preparing.start()

    def settle(self) -> None:
        """Wait until what ``prepare`` began has ended."""
        if self._preparing is not None:
            self._preparing.join()

    def _prepare(self) -> None:
        # Whatever is wrong, whoever asks for a preview is told.
        with suppress(FaqbotError), self._lock, no_garbage():
            self._known(self._source.in_force())

    def preview(self, edit: KnowledgeEdit) -> Preview:
        """Return what an edit would change.

        :raises EditError: if it cannot be made.
        :raises StoreError: if nobody can say which edits are in force.
        """
        with self._lock, no_garbage():
            began = time.monotonic()
            candidate = Candidate(edit.kind, content_of(edit))
            edits = [*self._source.in_force(), candidate]
            self._live.refresh()
            changed = load_assistant(self._live.path, edits, remember=False)
            _require_made(changed.knowledge)
            return _compare(self._known(edits[:-1]), changed, edit, began)

    def _known(self, in_force: Sequence[KeptEdit]) -> _Baseline:
        """Return what the knowledge of now does, by wording alone: nearness in meaning takes a service to tell."""
        current = self._live.current()
        known = self._baseline
        if known is None or known.revision != current.knowledge.revision:
            by_wording = current if self._live.meaning is None else load_assistant(self._live.path, in_force)
            fingerprints = Fingerprints.of_all(by_wording)
            known = _Baseline(current.knowledge.revision, by_wording, fingerprints, _judged(by_wording))
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
    return Preview(
        new=tuple(_new(before, after, own)),
        stored=_worst_first(_stored(known, changed)),
        cases=_worst_first(_case_differences(known.cases, cases)),
        questions=len(before.knowledge.questions),
        before=figures([each for each, _ in known.cases]),
        after=figures([each for each, _ in cases]),
        seconds=time.monotonic() - began,
    )


def _new(before: Assistant, after: Assistant, own: set[str]) -> list[Difference]:
    added = [question for question in after.knowledge.questions if question.text in own]
    return [_difference(question, _ask(before, question.text), _ask(after, question.text)) for question in added]


def _stored(known: _Baseline, after: Assistant) -> list[Difference]:
    """Compare the stored questions; only those that their wording does not settle are really asked."""
    touched = _touched(known.assistant.knowledge, after.knowledge)
    old, new = known.fingerprints, known.fingerprints.after(after)
    found = []
    for at, asked in enumerate(old.asked):
        first = old.of(at, touched)
        if first is None or first != new.of(at, touched):
            found.append(_difference(asked.question, known.of(at), _typed(after, asked)))
    return [each for each in found if each.before != each.after]


def _touched(before: KnowledgeBase, after: KnowledgeBase) -> frozenset[str]:
    """Return the owners that get or lose questions."""
    counts = [Counter(question.owner for question in knowledge.questions) for knowledge in (before, after)]
    return frozenset(owner for owner in counts[0] | counts[1] if counts[0][owner] != counts[1][owner])


def _judged(assistant: Assistant) -> tuple[tuple[Outcome, Shown], ...]:
    return tuple(_judge(assistant, case) for case in assistant.knowledge.cases if len(case.text) <= LONGEST_MESSAGE)


def _judge(assistant: Assistant, case: Case) -> tuple[Outcome, Shown]:
    ranking = assistant.search(case.text)
    reply = assistant.ask(Question(case.text), ranking)
    return outcome(case, ranking.matches, reply), _shown(reply)


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


def _ask(assistant: Assistant, text: str) -> Shown:
    return _shown(assistant.ask(Question(text)))


def _typed(assistant: Assistant, asked: Asked) -> Shown:
    return _shown(assistant.ask(Question(asked.question.text, conversation=asked.conversation)))


def _shown(reply: Reply) -> Shown:
    if reply.kind is Kind.ANSWER and reply.section is not None:
        return Shown(reply.kind, str(reply.section), reply.title or "", reply.passage)
    if reply.kind is Kind.CLARIFY:
        first = reply.suggestions[0]
        return Shown(reply.kind, str(first.key), " / ".join(each.title for each in reply.suggestions), None)
    return Shown(reply.kind, None, reply.words, None)


def _worst_first(found: Sequence[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda each: each.verdict))
