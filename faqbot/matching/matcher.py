"""Rank the sections for a message."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from faqbot.knowledge.model import KnowledgeBase, Section, Topic
from faqbot.language.utterance import Utterance
from faqbot.matching.calibration import Calibration
from faqbot.matching.evidence import Evidence, gather
from faqbot.matching.index import Index
from faqbot.matching.model import probabilities
from faqbot.matching.postings import Scores

EXACT = 0.99
"""Confidence in a section one of whose questions was typed word for word."""
MOST_MATCHES = 100
"""Sections that a ranking names."""
_CLEAR_SHARE = 0.5
_CLEARLY_NEAR = 0.45
_ODDS_OF_A_SECTION = 3.0
_ODDS_OF_THE_SAME = 8.0


@dataclass(frozen=True, slots=True)
class Keys:
    """What a message is looked up by among the stored questions, in this order."""

    accented: tuple[str, str]
    """As understood, and as typed."""
    plain: str | None
    """Without diacritics, for a message that was typed without any; None for others."""


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
    """The sections, the likeliest first, at most MOST_MATCHES; of equally likely ones the first in reading order."""
    outside: float
    """Probability that no section answers, 0 to 1."""
    topic: Topic | None
    """The topic that is not covered and is clearly meant: likelier than everything else together, and near to one of
    its questions. None where no topic is, though the message may well be about something else altogether."""
    exact: bool
    """Whether the message is a stored question, word for word."""

    def among_public(self) -> "Ranking":
        """Return the ranking for somebody who may read public sections alone, as if there were no others, and no
        topics; the likelihood that an inner section answers counts as that of none."""
        matches = tuple(match for match in self.matches if match.section.public)
        outside = max(0.0, 1.0 - sum(match.confidence for match in matches))
        return replace(self, matches=matches, topic=None, outside=outside)


class Matcher:
    """Matches messages with a knowledge base. By wording alone, the same message always gets the same ranking."""

    def __init__(self, knowledge: KnowledgeBase, index: Index, calibration: Calibration) -> None:
        self._owners = tuple(knowledge.by_owner[owner] for owner in index.owners)
        self.index = index
        self.weights = calibration.weights
        self.meaning: Callable[[str], Scores | None] | None = None
        """Compares a message with ``index.stored_texts`` by meaning, or gives None when it cannot; None for nobody."""

    def rank(self, utterance: Utterance, *, after: Section | None = None) -> Ranking:
        """Rank the sections for an utterance that the index's reader has read.

        :param after: The section of the reply that the utterance carries on from. Such a message is seldom about
            something else altogether, and often about the same section. None for a message that stands alone.
        """
        evidence = gather(utterance, self.index, self.meaning(utterance.text) if self.meaning else None)
        shares = np.zeros(len(self._owners))
        shares[evidence.candidates] = probabilities(evidence, self.weights)
        if after is not None:
            shares = self._carried_on(shares, after)
        exact = self.exact_owner(utterance, carries_on=after is not None)
        if exact is not None:
            row = self.index.rows[exact]
            shares *= (1 - EXACT) / max(1 - shares[row], 1e-9)
            shares[row] = EXACT
        sections = shares[: self.index.section_count]
        best = np.argsort(-sections, kind="stable")[:MOST_MATCHES]
        return Ranking(
            utterance,
            evidence,
            tuple(
                Match(section, float(sections[row]))
                for row in best
                if isinstance(section := self._owners[row], Section)
            ),
            max(0.0, 1.0 - float(sections.sum())),
            self._clear_topic(shares, 1.0 if exact is not None else evidence.nearest(int(np.argmax(shares)))),
            exact is not None,
        )

    def _clear_topic(self, shares: Scores, nearest: float) -> Topic | None:
        row = int(np.argmax(shares))
        winner = self._owners[row]
        clear = shares[row] > _CLEAR_SHARE and nearest >= _CLEARLY_NEAR
        return winner if clear and isinstance(winner, Topic) else None

    def _carried_on(self, shares: Scores, after: Section) -> Scores:
        odds = np.ones(len(shares))
        odds[: self.index.section_count] = _ODDS_OF_A_SECTION
        odds[self.index.rows[str(after.key)]] = _ODDS_OF_THE_SAME
        raised = shares * odds
        return np.asarray(raised / (raised.sum() + 1 - shares.sum()))

    def exact_owner(self, utterance: Utterance, *, carries_on: bool) -> str | None:
        """Return the owner of the stored question that a message is, word for word; None if it is none.

        The message is looked up as understood, then as typed: a stored question may hold shorthand, or look like it.

        :param carries_on: Whether it may also be a prompt that carries on from another answer.
        """
        return self.owner_of(self.keys(utterance), carries_on=carries_on)

    def keys(self, utterance: Utterance) -> Keys:
        """Return what an utterance is looked up by; it depends on the utterance alone."""
        plain = utterance.plain_key if all(word.unaccented for word in utterance.typed) else None
        return Keys((utterance.key, self.index.reader.read_stored(utterance.text).key), plain)

    def owner_of(self, keys: Keys, *, carries_on: bool) -> str | None:
        """Return the owner of the stored question that a message with these keys is, as ``exact_owner`` does."""
        for key in keys.accented:
            if key in self.index.exact:
                return self.index.exact[key]
            if carries_on and key in self.index.follow_ups:
                return self.index.follow_ups[key]
        return None if keys.plain is None else self.index.exact_plain.get(keys.plain)
