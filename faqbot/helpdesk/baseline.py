"""What the knowledge of now does, for edits to be compared with."""

from faqbot.assistant import Assistant
from faqbot.helpdesk.fingerprint import Fingerprints
from faqbot.helpdesk.judged import judged
from faqbot.helpdesk.shown import Shown, typed


class Baseline:
    """What the knowledge of now does; worked out once for all edits that are tried on it."""

    def __init__(self, revision: str, assistant: Assistant) -> None:
        """Work it out, which takes seconds; take the revision of the knowledge, and who answers from it."""
        self.revision = revision
        self.assistant = assistant
        self.fingerprints = Fingerprints.of_all(assistant)
        self.cases = judged(assistant)
        self._typed: dict[int, Shown] = {}
        self._ask_the_unsettled()

    def typed(self, at: int) -> Shown:
        """Return what somebody sees who types a stored question.

        :param at: Its place in ``fingerprints.asked``.
        """
        if at not in self._typed:
            asked = self.fingerprints.asked[at]
            self._typed[at] = typed(self.assistant, asked.question.text, asked.conversation)
        return self._typed[at]

    def _ask_the_unsettled(self) -> None:
        """Ask the questions that no edit can settle by their wording."""
        for at in range(len(self.fingerprints.asked)):
            if self.fingerprints.of(at, frozenset()) is None:
                self.typed(at)
