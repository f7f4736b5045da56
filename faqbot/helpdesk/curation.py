"""Make changes of the knowledge, take them back, and set aside what needs none."""

from collections.abc import Collection

from faqbot.errors import EditError
from faqbot.knowledge.edits import KnowledgeEdit, content_of
from faqbot.knowledge.files import read_files
from faqbot.knowledge.overlay import CANDIDATE, Candidate, overlay
from faqbot.live import LiveAssistant
from faqbot.store.store import Store


class Curator:
    """The knowledge in the hands of a user or token."""

    def __init__(self, store: Store, live: LiveAssistant, actor: str) -> None:
        self._store = store
        self._live = live
        self._actor = actor

    def save(self, edit: KnowledgeEdit, settles: Collection[str] = ()) -> int:
        """Make an edit, which answers from now on; return its number.

        :param settles: Folded questions that it deals with; none by default.
        :raises EditError: if it cannot be made.
        :raises StoreError: if the store is down.
        """
        content = content_of(edit)
        candidate = Candidate(edit.kind, content)
        path = self._live.path
        laid = overlay(read_files(path, []), [*self._store.edits.in_force(), candidate], path)
        for refused in laid.knowledge.refused:
            if refused.number == CANDIDATE:
                raise EditError(refused.reason, refused.what, refused.message)
        number = self._store.edits.add(edit.kind, content, author=self._actor)
        self._store.settled_gaps.settle(settles, author=self._actor, edit=number)
        self._store.audit.note(self._actor, "edit.save", number, f"{edit.kind}: {_subject(edit)}")
        self._live.refresh()
        return number

    def undo(self, number: int) -> bool:
        """Take an edit back, and open its gap again; return whether it was in force.

        :raises StoreError: if the store is down.
        """
        if not self._store.edits.undo(number):
            return False
        self._store.settled_gaps.reopen_of(number)
        self._store.audit.note(self._actor, "edit.undo", number)
        self._live.refresh()
        return True

    def dismiss(self, questions: Collection[str]) -> None:
        """Set questions aside, which need no answer.

        :raises StoreError: if the store is down.
        """
        self._store.settled_gaps.settle(questions, author=self._actor, edit=None)
        self._store.audit.note(self._actor, "gap.dismiss", min(questions, default=""))

    def reopen(self, question: str) -> None:
        """Take back that a question was set aside.

        :raises StoreError: if the store is down.
        """
        if self._store.settled_gaps.reopen([question]):
            self._store.audit.note(self._actor, "gap.reopen", question)


def _subject(edit: KnowledgeEdit) -> str:
    content = content_of(edit)
    return str(content.get("section") or content.get("topic"))
