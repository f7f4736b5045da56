"""Choose the sentence or list item of a section that answers."""

import numpy as np

from faqbot.knowledge.model import Passage, Section
from faqbot.matching.evidence import Evidence
from faqbot.matching.index import Index
from faqbot.matching.postings import Scores

_WORDING_TRUST = 0.8
"""How much a passage's own wording counts beside that of the questions written for it."""


def choose_passage(evidence: Evidence, section: Section, language: str, index: Index) -> Passage | None:
    """Return the passage of the section's text in that language that answers best, or None if the text has none.

    A passage is near a message by the questions written for it and by its own wording, in any language; the first of
    equally near ones wins.
    """
    passages = section.texts[language].passages
    if not passages:
        return None
    asked = _by_questions(evidence, section, language, index)
    worded = _by_wording(evidence, section, language, index)
    return passages[int(np.argmax(asked + _WORDING_TRUST * worded))]


def _by_questions(evidence: Evidence, section: Section, language: str, index: Index) -> Scores:
    scores = np.zeros(len(section.texts[language].passages))
    if index.questions is not None:
        span = index.questions.span(index.rows[str(section.key)])
        for number, similarity in zip(index.questions.numbers[span], evidence.questions[span], strict=True):
            at = index.answers[number].get(language)
            if at is not None:
                scores[at] = max(scores[at], similarity)
    return scores


def _by_wording(evidence: Evidence, section: Section, language: str, index: Index) -> Scores:
    """A passage in another language counts too where both texts have as many, and so the same ones."""
    size = len(section.texts[language].passages)
    parallel = {code for code, text in section.texts.items() if len(text.passages) == size}
    scores = np.zeros(size)
    span = index.passages.span(index.rows[str(section.key)])
    for number, similarity in zip(index.passages.numbers[span], evidence.passages[span], strict=True):
        place = index.places[number]
        if place.at is not None and place.language in parallel:
            scores[place.at] = max(scores[place.at], similarity)
    return scores
