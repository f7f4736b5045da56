"""Choose the sentence or list item of a section that answers."""

import numpy as np

from faqbot.knowledge.model import Passage, Section
from faqbot.matching.evidence import Evidence
from faqbot.matching.index import Index
from faqbot.matching.postings import Scores

_CLEARLY = 0.1
_WORDING_TRUST = 0.8
"""How much a passage's own wording counts beside that of the questions written for it."""


def choose_passage(evidence: Evidence, section: Section, language: str, index: Index) -> Passage | None:
    """Return the passage of the section's text in that language that answers best.

    A passage is near a message by the questions written for it and by its own wording, in any language; the first of
    equally near ones wins. A question written for a passage, typed word for word, settles it. If a question about the
    section as a whole is clearly nearer than those about its passages, it is the sentence that opens the section, or
    None where the section opens with a list. None also if the text has no passage.
    """
    passages = section.texts[language].passages
    if not passages:
        return None
    typed = _as_stored(evidence, section, language, index)
    if typed is not None:
        return passages[typed]
    asked, whole = _by_questions(evidence, section, language, index)
    if whole > asked.max() + _CLEARLY:
        return _opening(passages[0])
    worded = _by_wording(evidence, section, language, index)
    return passages[int(np.argmax(asked + _WORDING_TRUST * worded))]


def _opening(first: Passage) -> Passage | None:
    return None if first.listed or first.text.endswith(":") else first


def _as_stored(evidence: Evidence, section: Section, language: str, index: Index) -> int | None:
    """Return the answer of the section's question that the message is; the nearest one's of several."""
    if index.questions is None or evidence.questions is None:
        return None
    units, totals = evidence.questions.of(index.rows[str(section.key)])
    same = [at for at, unit in enumerate(units.tolist()) if index.questions.stems[unit] == evidence.stems]
    if not same:
        return None
    nearest = units[same[int(np.argmax(totals[same]))]]
    answer = int(index.answers[language][index.questions.numbers[nearest]])
    return answer if answer >= 0 else None


def _by_questions(evidence: Evidence, section: Section, language: str, index: Index) -> tuple[Scores, float]:
    """Return the nearest question's similarity for each passage, and for the section as a whole."""
    scores = np.zeros(len(section.texts[language].passages))
    if index.questions is None or evidence.questions is None:
        return scores, 0.0
    units, totals = evidence.questions.of(index.rows[str(section.key)])
    answers = {code: column[index.questions.numbers[units]] for code, column in index.answers.items()}
    answered = answers[language] >= 0
    np.maximum.at(scores, answers[language][answered], totals[answered])
    return scores, float(totals[np.max([*answers.values()], axis=0) < 0].max(initial=0.0))


def _by_wording(evidence: Evidence, section: Section, language: str, index: Index) -> Scores:
    """A passage in another language counts too where both texts have as many, and so the same ones."""
    size = len(section.texts[language].passages)
    parallel = {code for code, text in section.texts.items() if len(text.passages) == size}
    scores = np.zeros(size)
    for unit, total in zip(*evidence.passages.of(index.rows[str(section.key)]), strict=True):
        place = index.places[index.passages.numbers[unit]]
        if place.at is not None and place.language in parallel:
            scores[place.at] = max(scores[place.at], total)
    return scores
