"""Knowledge and evidence made for one test."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from faqbot.knowledge.model import (
    Concept,
    Document,
    KnowledgeBase,
    Passage,
    Section,
    SectionKey,
    SectionText,
    StoredQuestion,
    Topic,
)
from faqbot.matching.evidence import NOTHING_EVIDENCE, OWNER_EVIDENCE, Evidence
from faqbot.matching.family import Near
from faqbot.matching.model import Example, Weights
from faqbot.matching.postings import Scores

LIBRARY = Path(__file__).parents[1] / "data" / "library"
AS_GIVEN = Weights.of({"word": 1.0, "nothing": 1.0})
"""The weights by which ``evidence_for`` gives just the shares that it was made of."""


def section(identifier: str, **texts: Sequence[str | Passage]) -> Section:
    """Make a section of its title and its passages, by language."""
    return Section(SectionKey("d", identifier), {code: _text(*parts) for code, parts in texts.items()}, None)


def _text(title: str | Passage, *parts: str | Passage) -> SectionText:
    passages = tuple(part if isinstance(part, Passage) else Passage(part, "") for part in parts)
    whole = "\n".join(passage.text for passage in passages)
    return SectionText(title if isinstance(title, str) else title.text, passages, whole, f"<p>{whole}</p>")


def question(text: str, owner: str, *, follow_up: bool = False, **answers: int) -> StoredQuestion:
    """Make a question about a section, given by its id, or about a topic, given by ``topic:`` and its id."""
    key = owner if owner.startswith("topic:") else f"d/{owner}"
    return StoredQuestion(text, "en" if text.isascii() else "vi", key, answers, follow_up)


def topic(identifier: str) -> Topic:
    """Make a topic that is not covered."""
    return Topic(identifier, {"vi": identifier}, {"vi": "Tài liệu chưa có thông tin này."}, None)


def knowledge_of(
    sections: Sequence[Section],
    questions: Sequence[StoredQuestion] = (),
    topics: Sequence[Topic] = (),
    concepts: Sequence[Concept] = (),
) -> KnowledgeBase:
    """Put a knowledge base of one document together."""
    document = Document("d", {"vi": "Sổ tay"}, tuple(each.key for each in sections))
    return KnowledgeBase((document,), tuple(sections), tuple(questions), tuple(topics), tuple(concepts))


def column(evidence: Evidence, name: str) -> Scores:
    """Return what one kind of evidence says of each owner."""
    return evidence.owners[:, OWNER_EVIDENCE.index(name)]


def nothing_evidence(evidence: Evidence, name: str) -> float:
    """Return one number of what speaks for no owner."""
    return float(evidence.nothing[NOTHING_EVIDENCE.index(name)])


_NOBODY = np.zeros(0, dtype=np.int64)
NOTHING_NEAR = Near(_NOBODY, {}, np.zeros(0), _NOBODY, _NOBODY, 0)


def evidence_of(columns: Mapping[str, Sequence[float]], nothing: float = 1.0) -> Evidence:
    """Make evidence of some of its columns; the others are 0."""
    rows = len(next(iter(columns.values())))
    owners = np.array([columns.get(name, [0.0] * rows) for name in OWNER_EVIDENCE]).T.copy()
    return Evidence(
        concepts=(),
        candidates=np.arange(rows),
        owners=owners,
        nothing=np.array([nothing, 0.0, 0.0]),
        unfamiliar=(),
        questions=None,
        passages=NOTHING_NEAR,
    )


def evidence_for(*shares: float) -> Evidence:
    """Make evidence that gives sections these shares by the weights AS_GIVEN; what is missing to 1 is nothing's."""
    return evidence_of({"word": np.log(shares).tolist()}, float(np.log(1 - sum(shares))))


def example_for(*shares: float, right: int | None) -> Example:
    """Make an example of sections' shares; ``right`` is the row of the one that answers, None if none does."""
    return Example(evidence_for(*shares), frozenset([len(shares) if right is None else right]))
