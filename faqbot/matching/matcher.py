"""Rank every section for a message."""

from dataclasses import dataclass

import numpy as np

from faqbot.knowledge.model import KnowledgeBase, Section, Topic
from faqbot.language.utterance import Utterance
from faqbot.matching.calibration import Calibration
from faqbot.matching.evidence import Evidence, gather
from faqbot.matching.index import Index
from faqbot.matching.model import probabilities

EXACT = 0.99
"""Confidence in a section one of whose questions was typed word for word."""


@dataclass(frozen=True, slots=True)
class Match:
    """A section, and how sure it is that it answers."""

    section: Section
    confidence: float
    """Probability that this section is the answer, 0 to 1; over all sections they add up to at most 1."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a message matches."""

    utterance: Utterance
    evidence: Evidence
    matches: tuple[Match, ...]
    """Every section, the likeliest first; of equally likely ones the first in reading order."""
    topic: Topic | None
    """The topic that is not covered and is likelier than every section, if there is one."""
    exact: bool
    """Whether the message is a stored question, word for word."""

    @property
    def outside(self) -> float:
        """Probability that no section answers, 0 to 1."""
        return max(0.0, 1.0 - sum(match.confidence for match in self.matches))


class Matcher:
    """Matches messages with a knowledge base. The same message always gets the same ranking."""

    def __init__(self, knowledge: KnowledgeBase, index: Index, calibration: Calibration) -> None:
        self._owners = tuple(knowledge.by_owner[owner] for owner in index.owners)
        self.index = index
        self.weights = calibration.weights

    def rank(self, utterance: Utterance) -> Ranking:
        """Rank all sections for an utterance that the index's reader has read."""
        evidence = gather(utterance, self.index)
        shares = probabilities(evidence, self.weights)
        exact = self._exact_owner(utterance)
        if exact is not None:
            row = self.index.rows[exact]
            shares = shares * (1 - EXACT) / max(1 - shares[row], 1e-9)
            shares[row] = EXACT
        order = np.argsort(-shares, kind="stable")
        ranked = [(self._owners[row], float(shares[row])) for row in order]
        best = ranked[0][0]
        return Ranking(
            utterance,
            evidence,
            tuple(Match(owner, share) for owner, share in ranked if isinstance(owner, Section)),
            best if isinstance(best, Topic) else None,
            exact is not None,
        )

    def _exact_owner(self, utterance: Utterance) -> str | None:
        """Look the message up as understood, then as typed: a stored question may hold shorthand, or look like it."""
        for key in (utterance.key, self.index.reader.read_stored(utterance.text).key):
            if key in self.index.exact:
                return self.index.exact[key]
        unaccented = all(word.unaccented for word in utterance.typed)
        return self.index.exact_plain.get(utterance.plain_key) if unaccented else None
