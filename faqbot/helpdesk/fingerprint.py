"""What settles the answer to a stored question, typed as it stands, without ranking anything."""

from faqbot.assistant import Assistant

Fingerprint = tuple[str, str, int | None]
"""Owner, language of the reply, and the passage that answers; None where the whole section does."""
_TOPIC = -1
"""In place of a passage, where a topic has one reply to everything."""


class Fingerprints:
    """Looks questions up by their wording, some twenty times faster than they are answered.

    A question about a section as a whole also shows the passage that its neighbours point at. In sections that get no
    other questions it stays the same, but for what the weights of words, which all questions share, may do in a close
    run; in those that do, such questions have no fingerprint.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: dict[str, Fingerprint | None] = {}
        self._answers: dict[tuple[str, str], set[frozenset[tuple[str, int]]]] = {}
        family = assistant.matcher.index.questions
        if family is not None:
            for unit, stems in enumerate(family.stems):
                question = assistant.knowledge.questions[family.numbers[unit]]
                answers = self._answers.setdefault((question.owner, stems), set())
                answers.add(frozenset(question.answers.items()))

    def of(self, text: str, touched: frozenset[str]) -> Fingerprint | None:
        """Return what settles the answer; None where the question has to be asked.

        :param touched: The owners that get or lose questions.
        """
        if text not in self._known:
            self._known[text] = self._look_up(text)
        found = self._known[text]
        return None if found and found[2] is None and found[0] in touched else found

    def _look_up(self, text: str) -> Fingerprint | None:
        typed = self._assistant.typed(text)
        if typed is None:
            return None
        owner, language, utterance = typed
        if owner.startswith("topic:"):
            return owner, language, _TOPIC
        stems = " ".join(token.stem for token in utterance.tokens)
        answers = self._answers.get((owner, stems), set())
        return (owner, language, dict(next(iter(answers))).get(language)) if len(answers) == 1 else None
