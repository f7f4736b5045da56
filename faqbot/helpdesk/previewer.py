"""Try an edit of the knowledge before it is made."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from faqbot.errors import EditError, FaqbotError
from faqbot.helpdesk.baseline import Baseline
from faqbot.helpdesk.preview import Preview, compare
from faqbot.knowledge.edits import KnowledgeEdit, content_of
from faqbot.knowledge.model import KnowledgeBase
from faqbot.knowledge.overlay import CANDIDATE, Candidate, EditSource, KeptEdit
from faqbot.live import LiveAssistant
from faqbot.startup import load_assistant, no_garbage


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
        self._baseline: Baseline | None = None
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
            in_force = self._source.in_force()
            candidate = Candidate(edit.kind, content_of(edit))
            self._live.refresh()
            changed = load_assistant(self._live.path, [*in_force, candidate], remember=False)
            _require_made(changed.knowledge)
            return compare(self._known(in_force), changed, edit, began)

    def _known(self, in_force: Sequence[KeptEdit]) -> Baseline:
        """Return what the knowledge of now does, by wording alone: nearness in meaning takes a service to tell."""
        current = self._live.current()
        known = self._baseline
        if known is None or known.revision != current.knowledge.revision:
            by_wording = current if self._live.meaning is None else load_assistant(self._live.path, in_force)
            known = self._baseline = Baseline(current.knowledge.revision, by_wording)
        return known


def _require_made(knowledge: KnowledgeBase) -> None:
    for refused in knowledge.refused:
        if refused.number == CANDIDATE:
            raise EditError(refused.reason, refused.what, refused.message)
