"""Bring texts together that say about the same."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

ALIKE = 80.0
"""rapidfuzz ratio, 0 to 100, of two texts, or of their sorted words, from which they are one group."""
_RAREST = 3
"""Words by which a text looks for its group: texts that are alike share one of the rarest of each, but for typos."""


def groups(counts: Mapping[str, int]) -> list[list[str]]:
    """Bring texts together, each with how often it came.

    A group forms around its most frequent text; of equally frequent ones around the first in the alphabet. A text joins
    the group whose first text it is most like, or else begins one. The same texts always give the same groups, in the
    order of their first texts.
    """
    order = sorted(counts, key=lambda text: (-counts[text], text))
    frequency = Counter(word for text in order for word in set(text.split()))
    found: list[list[str]] = []
    firsts: list[tuple[str, str]] = []
    by_word: dict[str, list[int]] = {}
    for text in order:
        words = sorted(set(text.split()), key=lambda word: (frequency[word], word))
        typed = text, " ".join(sorted(text.split()))
        near = sorted({at for word in words[:_RAREST] for at in by_word.get(word, ())})
        at = _most_like(typed, firsts, near)
        if at is not None:
            found[at].append(text)
            continue
        for word in words:
            by_word.setdefault(word, []).append(len(found))
        firsts.append(typed)
        found.append([text])
    return found


def _most_like(typed: tuple[str, str], firsts: Sequence[tuple[str, str]], near: Sequence[int]) -> int | None:
    """Return which of the texts that are near is most like another; the first of equals, None where none is."""
    best: tuple[float, int] | None = None
    for way in (0, 1):
        choices = [firsts[at][way] for at in near]
        hit = process.extractOne(typed[way], choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if hit is not None and (best is None or (hit[1], -near[hit[2]]) > best):
            best = hit[1], -near[hit[2]]
    return None if best is None else -best[1]
