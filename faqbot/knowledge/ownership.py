"""No question belongs to two sections or topics."""

from collections.abc import Iterable, Sequence

from faqbot.errors import EditError
from faqbot.knowledge.edits import Phrasing
from faqbot.knowledge.model import StoredQuestion
from faqbot.language.clean import clean


class Ownership:
    """Knows which section or topic each question belongs to."""

    def __init__(self, questions: Iterable[StoredQuestion]) -> None:
        self._owners = {_same(question.text): question.owner for question in questions if not question.follow_up}
        self.added: list[tuple[str, str, str]] = []
        """Owner, language and text of each question that was given since."""

    def free(self, questions: Sequence[Phrasing], owner: str) -> list[Phrasing]:
        """Return the questions that the owner does not have yet, each once.

        :raises EditError: if one belongs to another owner.
        """
        for _, text in questions:
            other = self._owners.get(_same(text), owner)
            if other != owner:
                raise EditError("question_taken", text, f"{text!r} is already a question of {other}")
        new = {_same(text): (language, text) for language, text in questions if _same(text) not in self._owners}
        return list(new.values())

    def give(self, owner: str, questions: Sequence[Phrasing]) -> None:
        """Let free questions belong to an owner."""
        self._owners |= {_same(text): owner for _, text in questions}
        self.added += [(owner, language, text) for language, text in questions]


def _same(text: str) -> str:
    """Return what two ways of writing down a question share."""
    return clean(text).casefold()
