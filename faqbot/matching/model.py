"""From evidence to probabilities: a conditional logit (McFadden 1974) over owners and "nothing of these"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faqbot.matching.evidence import NOTHING_EVIDENCE, OWNER_EVIDENCE, Evidence
from faqbot.matching.postings import Scores


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each piece of evidence counts."""

    owner: NDArray[np.float64]
    """One for each name in OWNER_EVIDENCE."""
    nothing: NDArray[np.float64]
    """One for each name in NOTHING_EVIDENCE."""

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "Weights":
        """Read weights by name; a name that is missing weighs nothing."""
        owner = np.array([values.get(name, 0.0) for name in OWNER_EVIDENCE])
        return cls(owner, np.array([values.get(name, 0.0) for name in NOTHING_EVIDENCE]))

    def but(self, **values: float) -> "Weights":
        """Return the same weights but for those that are given by name."""
        return Weights.of(self.by_name() | values)

    def by_name(self) -> dict[str, float]:
        """Return the weights by name."""
        names = (*OWNER_EVIDENCE, *NOTHING_EVIDENCE)
        return dict(zip(names, [*self.owner.tolist(), *self.nothing.tolist()], strict=True))


def probabilities(evidence: Evidence, weights: Weights) -> Scores:
    """Return the probability of each candidate; what is missing to 1 is the probability that none of them answers."""
    logits = np.append((evidence.owners * weights.owner).sum(axis=1), evidence.nothing @ weights.nothing)
    return softmax(logits)[:-1]


def softmax(logits: Scores) -> Scores:
    """Return shares that add up to 1, in proportion to the exponentials."""
    powers: Scores = np.exp(logits - logits.max())
    shares: Scores = powers / powers.sum()
    return shares


@dataclass(frozen=True, slots=True)
class Example:
    """A message whose right answer is known."""

    evidence: Evidence
    right: frozenset[int]
    """Positions, among the candidates, of the owners that are right; for a message that none of the sections among them
    answers those of all topics, and the number of candidates, which stands for nothing of these."""

    @property
    def section_count(self) -> int:
        """How many candidates are sections; they come first."""
        return int((self.evidence.owners[:, OWNER_EVIDENCE.index("topic")] == 0).sum())

    @property
    def answerable(self) -> bool:
        """Whether a section among the candidates answers."""
        return min(self.right) < self.section_count


def log_loss(examples: Sequence[Example], weights: Weights) -> float:
    """Return the mean negative log-likelihood of what is right; 0 is best."""
    theta = np.concatenate([weights.owner, weights.nothing])
    return _loss(theta, [_case(example) for example in examples], 0.0, theta)[0] / len(examples)


def fit(examples: Sequence[Example], near: Weights | None = None, *, penalty: float = 1.0, rounds: int = 40) -> Weights:
    """Find the weights that make the right answers likeliest, by Newton's method with halved steps.

    :param near: Where the search begins, and what the weights keep to as far as the examples do not speak against it;
        None for zero.
    :param penalty: Of the squared distance from there, against fitting too closely; 0 for none.
    """
    width = len(OWNER_EVIDENCE)
    cases = [_case(example) for example in examples]
    near = near or Weights.of({})
    origin = np.concatenate([near.owner, near.nothing])
    theta = origin
    loss, step = _loss(theta, cases, penalty, origin)
    for _ in range(rounds):
        size = 1.0
        while size > 1e-3:
            next_loss, next_step = _loss(theta + size * step, cases, penalty, origin)
            if next_loss < loss:
                break
            size /= 2
        if loss - next_loss < 1e-3:
            break
        theta, loss, step = theta + size * step, next_loss, next_step
    return Weights(theta[:width], theta[width:])


def _loss(
    theta: Scores, cases: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]], penalty: float, origin: Scores
) -> tuple[float, Scores]:
    """Return the penalised negative log-likelihood, and Newton's step from here."""
    away = theta - origin
    loss = penalty / 2 * float(away @ away)
    gradient = -penalty * away
    curvature = (penalty + 1e-9) * np.eye(len(theta))
    for design, right in cases:
        logits = design @ theta
        share = softmax(logits)
        among = softmax(logits[right])
        loss += float(np.logaddexp.reduce(logits) - np.logaddexp.reduce(logits[right]))
        mean = share @ design
        gradient += among @ design[right] - mean
        curvature += (design * share[:, None]).T @ design - np.outer(mean, mean)
    return loss, np.linalg.solve(curvature, gradient).astype(np.float64)


def _case(example: Example) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return a row of evidence for each owner and one for nothing, and which of the rows are right."""
    evidence = example.evidence
    owners, columns = evidence.owners.shape
    design = np.zeros((owners + 1, columns + len(evidence.nothing)))
    design[:owners, :columns] = evidence.owners
    design[owners, columns:] = evidence.nothing
    right = np.zeros(owners + 1, dtype=bool)
    right[list(example.right)] = True
    return design, right
